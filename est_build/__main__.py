"""``python -m est_build`` is the same as ``est-build``."""

from est_build.cli.main import main

if __name__ == "__main__":
    main()
