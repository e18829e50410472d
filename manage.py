#!/usr/bin/env python3
import os
import sys

from forum.starting import main

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    main(sys.argv)
