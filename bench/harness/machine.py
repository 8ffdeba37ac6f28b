"""What was measured, and on what: a figure without it says nothing."""

import os
import platform
import re
import shutil
import subprocess
from datetime import datetime, timezone
from pathlib import Path

import tools


def first_line(*command):
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (told.stdout + told.stderr).splitlines()
    return lines[0].strip() if lines else None


def file_text(path):
    try:
        return Path(path).read_text().strip()
    except OSError:
        return None


def from_proc(path, name):
    found = re.search(rf"^{name}\s*:\s*(.*)$", file_text(path) or "", re.MULTILINE)
    return found.group(1) if found else None


def java():
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else shutil.which("java")


def describe():
    git = ["git", "-C", str(tools.HOME)]
    return {
        "taken": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "processor": from_proc("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "server_core": tools.cores()[0],
        "load_core": tools.cores()[1],
        "memory": from_proc("/proc/meminfo", "MemTotal"),
        "kernel": platform.release(),
        "virtual": from_proc("/proc/cpuinfo", "flags") and "hypervisor" in from_proc("/proc/cpuinfo", "flags"),
        "transparent_huge_pages": file_text("/sys/kernel/mm/transparent_hugepage/enabled"),
        "java": first_line(java(), "-version") if java() else None,
        "memcached": first_line("memcached", "-V"),
        "compiler": first_line("gcc", "--version"),
        "commit": first_line(*git, "describe", "--always", "--dirty"),
    }
