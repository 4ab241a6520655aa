import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from rooms import API, fill, running, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from katanya.web.api import changing, downloads, reading

CHECKS = (not_a_server_error, response_schema_conformance, content_type_conformance)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    """The description of a room's API, over a ledger that may be changed."""
    path = fill(tmp_path_factory.mktemp("described") / "a.ledger")
    with running(settings(path, model=None, read_seconds=10.0, link_seconds=1.0)) as client:
        yield schemathesis.openapi.from_url(f"{str(client.base_url).rstrip('/')}{API}/openapi.json")


OPERATIONS = [
    (route.path, method.lower())
    for part in (reading, changing, downloads) for route in part.router.routes for method in route.methods
]  # fmt: skip


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{method} {path}" for path, method in OPERATIONS])
def test_the_api_is_as_described(described, path, method):
    """Whatever is asked, within the description or not, the answer is no error of the server, and as described."""
    operation = described[API + path.replace(":path", "")][method]

    @bounds(max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate))
    @given(st.one_of([operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode]))
    def asked(case):
        answer = case.call(timeout=60)
        case.validate_response(answer, checks=CHECKS)

    asked()


def test_everything_is_described(described):
    """Every path has a summary, a description, and the form of its answers and of what may go wrong."""
    raw = described.raw_schema
    assert len(raw["paths"]) >= 20
    for path, methods in raw["paths"].items():
        for told in methods.values():
            assert told["summary"], path
            assert len(told["description"]) > 30, path
            content = next(answer for status, answer in told["responses"].items() if status.startswith("2"))["content"]
            assert content, path
    problem = raw["components"]["schemas"]["Problem"]
    assert set(problem["properties"]) == {"what", "where", "fix", "id"}
