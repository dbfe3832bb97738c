"""`python -m fitintel`: the same as the command `fitintel`."""

from fitintel.cli.app import main

if __name__ == "__main__":
    main()
