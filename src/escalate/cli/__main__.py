"""`python -m escalate.cli`."""

from escalate.cli import main

if __name__ == "__main__":
    main()
