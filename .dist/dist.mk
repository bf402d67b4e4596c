# dist.mk: the files of a release. The program has no debugging information, which would contain the
# path of this folder, and no symbols, as Debian requires: so bundle and package have the same one.

DIST_PACKAGES = binutils dpkg-dev git util-linux xz-utils
DIST = $(BUILD)/dist

.PHONY: dist dist-check setup-dist

setup-dist: ## install the packages needed by dist
	$(call install_missing,$(DIST_PACKAGES))

dist: | $(SETUP) ## build the release: bundle, Debian package, sources, digests
	@$(MAKE) --no-print-directory BUILD=$(DIST)/obj CFLAGS=-O2 LDFLAGS=-s $(DIST)/obj/certaudit $(DIST)/obj/launcher
	@.dist/build $(VERSION) $(DIST)

dist-check: dist $(PROGRAM) ## run the bundle in an empty root, and build the release again
	@.dist/check $(VERSION) $(DIST) $(PROGRAM)
	@.dist/twice $(DIST)

# The name of the dynamic loader.
LOADER = $(notdir $(shell ldd $(BUILD)/certaudit | awk '$$1 ~ /^\// { print $$1 }'))
$(BUILD)/launcher: .dist/launcher.c $(BUILD)/certaudit $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(COMPILE) $(HARDEN_LINK) $(LDFLAGS) -static -o $@ $< -DLOADER='"$(LOADER)"'
