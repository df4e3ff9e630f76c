"""The ground of the repository: what others build on without looking at it."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENT_FILES = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt", "requirements-mutants.txt"]
# Where packages come from is a matter of each machine. In parts, or this file would name them too.
PACKAGE_HOSTS = [
    ".".join(parts)
    for parts in [
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("npm", "pkg", "github", "com"),
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("cdn", "jsdelivr", "net"),
        ("unpkg", "com"),
    ]
]


def lines_of(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def files_in_git() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("name", REQUIREMENT_FILES)
def test_every_direct_dependency_is_pinned_and_explained(name):
    for line in lines_of(name):
        if line and not line.startswith(("#", "-r ")):
            assert re.fullmatch(r"[A-Za-z0-9_.-]+(\[[a-z0-9,]+\])?==\S+ +# .{10,}", line), line


def test_what_comes_along_is_pinned_and_named_once():
    name_of = re.compile(r"([A-Za-z0-9_.-]+)(\[[a-z0-9,]+\])?==\S+")
    names = [
        re.sub(r"[-_.]+", "-", found[1]).lower()
        for file in ["constraints.txt", *REQUIREMENT_FILES]
        for line in lines_of(file)
        if (found := name_of.match(line))
    ]
    assert sorted(names) == sorted(set(names))
    for line in lines_of("constraints.txt"):
        assert line.startswith("#") or name_of.fullmatch(line), line


def test_the_front_end_lock_has_checksums_and_no_addresses():
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')


def test_no_file_names_a_place_where_packages_come_from():
    named = []
    for path in files_in_git():
        text = path.read_bytes().decode("utf-8", errors="replace").lower()
        named += [
            f"{path.relative_to(ROOT)}: {host}" for host in PACKAGE_HOSTS if re.search(rf"\b{re.escape(host)}\b", text)
        ]
    assert named == []


def test_nothing_that_belongs_to_one_machine_is_in_git():
    names = {str(path.relative_to(ROOT)) for path in files_in_git()}
    assert ".env" not in names
    assert not [name for name in names if name.split("/")[0] in {".venv", "node_modules", "var"}]


@pytest.mark.parametrize("target", ["setup", "demo", "test", "mutants", "check"])
def test_make_knows_the_target(target):
    subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=True)


@pytest.mark.parametrize(
    "script", sorted([*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"]), ids=lambda path: path.name
)
def test_scripts_can_be_run_and_parsed(script):
    assert script.stat().st_mode & 0o111, f"{script.name} is not executable"
    if "bash" in script.read_text(encoding="utf-8").splitlines()[0]:
        subprocess.run(["bash", "-n", str(script)], capture_output=True, check=True)


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


class TestCompose:
    def test_all_parts_are_there(self, services):
        assert set(services) == {"migrate", "web", "worker", "beat", "postgres", "redis", "proxy"}

    def test_the_application_waits_for_the_migrations(self, services):
        for name in ["web", "worker", "beat"]:
            assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}

    def test_every_part_that_stays_up_has_a_health_check(self, services):
        for name in set(services) - {"migrate"}:
            assert services[name]["healthcheck"]["test"], name

    def test_only_the_proxy_can_be_reached_from_outside(self, services):
        assert [name for name, service in services.items() if "ports" in service] == ["proxy"]

    def test_every_variable_is_explained(self):
        explained = set(
            re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
        )
        compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
        assert set(re.findall(r"(?<!\$)\$\{([A-Z][A-Z0-9_]+)", compose)) <= explained
        settings = (ROOT / "thuiszitters" / "settings.py").read_text(encoding="utf-8")
        assert set(re.findall(r"""\benv(?:\.\w+)?\(\s*["']([A-Z][A-Z0-9_]+)""", settings)) <= explained

    def test_the_application_does_not_get_the_password_of_the_superuser(self, services):
        for name in ["migrate", "web", "worker", "beat"]:
            assert "POSTGRES_PASSWORD" not in services[name]["environment"]


def test_the_image_does_not_run_as_root():
    users = re.findall(r"^USER (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert users[-1:] == ["app"]
