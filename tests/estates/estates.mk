# estates.mk: the suite estates for a long time, or one estate again.

ESTATES  = $(BUILD)/tests/estates/long_run
SEED     =
SIZE     = 0
OPERATOR = none

.PHONY: estates

$(ESTATES): $(filter-out $(BUILD)/tests/main.o,$(TEST_OBJECTS)) $(ESTATES).o
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(TEST_LIBS) $(LIBS)

# The folders of what fails are kept in $(BUILD)/estates.
estates: $(PROGRAM) $(ESTATES) ## read made-up estates for SECONDS=60, or one again: SEED= SIZE= OPERATOR=
	@rm -rf $(BUILD)/estates && mkdir -p $(BUILD)/estates
	@CERTAUDIT=$(PROGRAM) $(ESTATES) $(if $(SEED),--one $(SEED) $(SIZE) $(OPERATOR),$(SECONDS) $$(date +%s)) \
	    $(CURDIR)/$(BUILD)/estates
