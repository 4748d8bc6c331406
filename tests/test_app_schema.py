"""Requests that schemathesis makes from the API's own description: nothing breaks it."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi import checks

from landbridge.app.server import create_app
from landbridge.app.settings import Settings

EACH = 6
PATIENCE_S = 300
"""The first request of its kind may build the network."""
CHECKS = (
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)


@pytest.fixture(scope="module")
def operations(tmp_path_factory):
    """Every operation, of an application that takes jobs and does none."""
    data = tmp_path_factory.mktemp("schema")
    app = create_app(Settings(data, warm=False, hosts=("testserver",)))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    yield [found.ok() for found in schema.get_all_operations()]
    app.state.desk.close()
    app.state.documents.close()


def test_every_operation_answers_as_it_says(operations):
    assert len(operations) > 40
    for operation in operations:

        @settings(
            max_examples=EACH,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(checks=CHECKS, timeout=PATIENCE_S)

        ask()
