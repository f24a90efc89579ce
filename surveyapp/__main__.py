"""python -m surveyapp"""

from surveyapp.cli.main import main

raise SystemExit(main())
