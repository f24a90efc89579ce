"""python -m surveyapp; also the start of the frozen program, which starts itself again to read a binary file."""

import sys

from surveyapp.importers.file.child import CHILD_FLAG

if sys.argv[1:2] == [CHILD_FLAG]:  # before anything else: the child needs neither Qt nor pandas
    from surveyapp.importers.file.child import main
else:
    from surveyapp.cli.main import main

raise SystemExit(main())
