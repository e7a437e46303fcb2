"""A throw-away PostgreSQL cluster: made by an ordinary user, reached by a socket in its own folder only."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def program(name):
    """Path of one of PostgreSQL's programs; None where it is not installed."""
    return shutil.which(name, path=os.pathsep.join(map(str, PLACES))) or shutil.which(name)


def ordinary_user():
    """PostgreSQL does not run as root: another user's name then, else None."""
    import pwd

    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


class Cluster:
    """Runs between `start` and `stop`; leaves nothing behind."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="kefu-pg-"))
        self.user = ordinary_user()
        self._databases = 0
        if self.user:
            shutil.chown(self.folder, self.user)

    def _run(self, *command):
        found = subprocess.run(command, user=self.user, cwd=self.folder, capture_output=True, text=True, check=False)
        if found.returncode:
            raise RuntimeError(f"{command[0]}: {found.stdout}{found.stderr}")

    def start(self):
        data = self.folder / "data"
        self._run(program("initdb"), "-D", data, "-U", "kefu", "--auth=trust", "--encoding=UTF8", "--locale=C")
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self._run(program("pg_ctl"), "-D", data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self):
        subprocess.run(
            [program("pg_ctl"), "-D", self.folder / "data", "-m", "immediate", "stop"],
            user=self.user, cwd=self.folder, capture_output=True, check=False,
        )  # fmt: skip
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name):
        return f"postgresql://kefu@/{name}?host={self.folder}"

    def fresh(self):
        """URL of an empty database."""
        import psycopg

        self._databases += 1
        name = f"kefu{self._databases}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)
