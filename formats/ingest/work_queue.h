/*
 * work_queue.h: reads inputs with several threads, and gives the same whatever their number is.
 * Each thread takes the next input, or documents of one that another thread reads: then a single
 * large file keeps all of them busy too. What they found is joined in the order of the files, when
 * all is read.
 */
#ifndef WORK_QUEUE_H
#define WORK_QUEUE_H

#include "ingest/reader_thread.h"

struct progress;

/* Reads the inputs with at most jobs threads, and adds to the evidence what they hold, its files
 * sorted by name. progress may be NULL. NULL; or the first named input that cannot be opened, and
 * then nothing is added.
 */
const struct input *work_queue_read(struct input *inputs, size_t count, size_t jobs,
                                    struct progress *progress, struct evidence *evidence);

/* For lanes. Whether there is one and will be no other: */
bool work_queue_is_for_one(const struct work_queue *queue);

/* Has the stretch read into the portion: by another lane, or by this one where enough lies in
 * wait already. The stretch is then empty. */
void work_queue_offer(struct work_queue *queue, struct reader_thread *lane, struct batch *stretch,
                      struct document_result *portion);

#endif
