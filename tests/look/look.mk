# look.mk: reports as pictures, for a person to look at.

LOOK_PACKAGES = $(OFFICE) poppler-utils cmark-gfm pandoc chromium tmux aha imagemagick \
                fonts-crosextra-carlito fonts-liberation fonts-dejavu-core
# LibreOffice with its windows, or without. Each removes the other, so keep the installed one.
OFFICE = libreoffice-calc$(if $(shell dpkg-query -W -f '$${db:Status-Status}' libreoffice-core \
         2>/dev/null | grep -x installed),,-nogui)
GENERATE = $(BUILD)/tests/bench/generate

.PHONY: look picture setup-look

setup-look: ## install the packages needed by look and picture
	$(call install_missing,$(LOOK_PACKAGES))

look: $(PROGRAM) $(GENERATE) | $(SETUP) ## render every report as pictures, to build/look/
	@tests/look/look.sh $(BUILD) example many

# The first two pages of the example's workbook, without margins and footers.
PAGES = $(addprefix $(BUILD)/look/example/workbook-00,1.png 2.png)
picture: $(PROGRAM) $(GENERATE) | $(SETUP) ## make man/summary.png, the picture in the README
	@tests/look/look.sh $(BUILD) example
	convert $(PAGES) -gravity south -chop 0x60 -trim +repage -gravity west -bordercolor white \
	    -border 12 -append -strip -colors 64 PNG8:man/summary.png
