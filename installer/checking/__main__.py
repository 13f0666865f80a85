"""python -m installer.checking SETUP OLDER OUT [PART OF A STEP'S NAME]"""

import sys
from pathlib import Path

from installer.checking import main

if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4]), *sys.argv[4:5]))
