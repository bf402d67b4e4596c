"""sheets.py FOLDER...: xlsx2csv writes every sheet of FOLDER/report.xlsx to FOLDER/sheets/.

The program runs several times in one process, since Python takes longer to start than to read a
small workbook. Its errors are in FOLDER/sheets.log, which is empty if there are none.
"""
import contextlib
import shutil
import sys
import traceback

path = shutil.which("xlsx2csv")
with open(path) as source:
    program = compile(source.read(), path, "exec")
folders = sys.argv[1:]
for folder in folders:
    # Times have the fraction that the workbook's number gives them, which may be slightly too low.
    sys.argv = ["xlsx2csv", "--all", "--quoting", "all", "--dateformat", "%Y-%m-%dT%H:%M:%S.%fZ",
                folder + "/report.xlsx", folder + "/sheets"]
    with open(folder + "/sheets.log", "w") as log, contextlib.redirect_stderr(log):
        try:
            exec(program, {"__name__": "__main__"})
        except SystemExit as end:
            if end.code:
                print("xlsx2csv: exit status", end.code, file=log)
        except Exception:
            traceback.print_exc(file=log)
