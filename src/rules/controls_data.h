/* controls_data.h: src/rules/controls.csv, byte for byte, put into the program by the Makefile. */
#ifndef CONTROLS_DATA_H
#define CONTROLS_DATA_H

#include <stddef.h>

extern const unsigned char controls_data[];
extern const size_t controls_data_size;

#endif
