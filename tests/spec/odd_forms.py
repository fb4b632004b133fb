"""Forms that the sample programme does not have: with amounts by quarter, and with two versions."""

from schemas.configuration.declared import Label
from schemas.configuration.forms import Form, FormVersion
from schemas.configuration.questions import FormQuestion
from schemas.configuration.row_rules import ComparedAmounts, Denial, FormConstraint

QUARTERS = Form(
    form="quarters",
    title=Label(sv="Redovisning per kvartal", en="Report by quarter"),
    fills="core_usage_report",
    identity="recipient",
    fields={"recipient_name": "Mottagare", "salary_sek": "Varav löner", "comment": "Kommentar"},
    sums={"used_sek": "used"},
    questions={
        "used": FormQuestion(
            layout="amount_per_option", header="Använt {option}", base="everyone", options={"q1": "kv 1", "q2": "kv 2"}
        )
    },
    constraints=(
        FormConstraint(
            says="Löner ryms i det använda", compare=ComparedAmounts(left="salary_sek", operator="<=", right="used_sek")
        ),
    ),
    denial=Denial(field="comment", phrases=("inget är använt",), contradicts="used_sek"),
)
VERSIONS = Form(
    form="versions",
    title=Label(sv="Redovisning", en="Report"),
    fills="core_usage_report",
    identity="recipient",
    fields={"recipient_name": "Kommun", "unused_sek": "Ej använt"},
    versions={"1": FormVersion(), "2": FormVersion(fields={"unused_sek": "Kvar"})},
)


def amounts(first: int, second: int) -> dict[str, str]:
    """What was used in each of two quarters."""
    return {"used.q1": str(first), "used.q2": str(second)}
