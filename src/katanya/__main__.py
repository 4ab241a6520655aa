"""``python -m katanya`` is the command ``katanya``."""

from katanya.cli.main import main

if __name__ == "__main__":
    main()
