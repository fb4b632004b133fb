"""What the project declares in YAML and Python, as the plain script has it: constants of the round of 2023."""

import datetime as dt

PROGRAMME, YEAR = "stadigvarande-boende", 2023
PERIOD_END = dt.date(2023, 12, 31)
ALIASES = {"falu": "2080"}
REGISTERS = {
    "counties": ("municipalities", "regions", "changes"),
    "fictitious_counties": ("fictitious", "fictitious_others"),
}

FORMS = {  # the file, and in which column stands what
    "applications": (
        "ansokningar-2023.csv",
        (
            "Diarienummer=case_number|Inkom=received_date|Sökande=recipient_name|Sökt belopp (kr)=applied_sek"
            "|Utfall=outcome"
        ),
    ),
    "usage_report_2023": (
        "aterrapport-2023.csv",
        (
            "Svarsnummer=submission_id|Svarsdatum=submitted_at|Vilken kommun avser återrapporteringen?=recipient_name"
            "|Hur stort statsbidrag beviljades kommunen för 2023? (kronor)=granted_as_reported_sek"
            "|Hur stor del av statsbidraget har inte använts? (kronor)=unused_sek"
        ),
    ),
    "decisions": (
        "beslut-2023.xlsx",
        (
            "Diarienummer=case_number|Beslutsdatum=decided_date|Beslutsfattare=decision_maker|Mottagare=recipient_name"
            "|Beviljat belopp (kr)=granted_sek|Redovisas senast=report_due_date"
        ),
    ),
    "survey_2023": ("enkat-2023.csv", "Respondent=respondent_id|Svarsdatum=submitted_at"),
    "funds": (
        "medel-2023.csv",
        (
            "Händelse=event|Mottagare=recipient_name|Belopp (kr)=amount_sek|Händelsedatum=event_date"
            "|Registrerad=recorded_date|Diarienummer=case_number"
        ),
    ),
    "recoveries": (
        "aterkrav-2023.csv",
        (
            "Åtgärd=event|Mottagare=recipient_name|Belopp (kr)=amount_sek|Datum=event_date"
            "|Registrerad=recorded_date|Diarienummer=case_number"
        ),
    ),
}
OUTCOMES = {
    "Bifall": "approved",
    "Delvis bifall": "partly_approved",
    "Bifall helt eller delvis": "approved_wholly_or_partly",
    "Avslag": "rejected",
    "Avvisad": "dismissed",
    "Avskriven": "withdrawn",
}
EVENTS = {
    "Disponibla medel": "available_funds",
    "Varav för administration": "administration_allowed",
    "Återbetalat efter beslut om återkrav": "repaid_after_recovery",
}
ASKED_IF = {"everyone": [], "used_something": ["all", "part"], "had_unused": ["part", "none"]}
QUESTIONS = {  # base, header; per option: id, label in Swedish and English, the text in the file where it differs
    "funds_use": (
        "everyone",
        "Hur mycket av statsbidraget har använts?",
        (
            "all|Hela bidraget|All of the grant;part|En del av bidraget|Part of the grant"
            ";none|Inget av bidraget|None of the grant"
        ),
    ),
    "unused_reason": (
        "had_unused",
        "Varför har hela bidraget inte använts? – {}",
        (
            "lack_of_time|Tidsbrist|Lack of time;lack_of_staff|Personalbrist|Lack of staff"
            ";other_reason|Annan orsak|Other reason"
        ),
    ),
    "work_status": (
        "used_something",
        "Vad har bidraget använts till? – {}",
        "ongoing|Redan pågående insatser|Ongoing work;new|Nytt utvecklingsarbete|New work",
    ),
    "activity_area": (
        "used_something",
        "Inom vilka områden har kommunen arbetat? – {}",
        (
            "cooperation|Utveckla samverkan (t.ex. via Kompotten)|Developing cooperation"
            ";social_contract|Socialt kontrakt|Social rental contract"
            ";housing_priority|Förtur till bostad|Priority in the housing queue"
            ";housing_search|Stöd till den våldsutsatta att söka bostad|Support in looking for a home"
            ";other_area|Andra områden|Other areas"
            ";move_perpetrator|Insats för att flytta på våldsutövaren|Moving the perpetrator"
        ),
    ),
    "cooperation": (
        "used_something",
        "Kommunen har samverkat... – ...{}",
        (
            "within_county|Andra kommuner inom länet|Other municipalities in the county|med andra kommuner inom länet"
            ";municipal_landlords|Kommunala hyresvärdar/bostadsbolag|Municipal landlords"
            "|med kommunala hyresvärdar/bostadsbolag"
            ";within_municipality|Inom kommunen|Within the municipality|inom kommunen"
            ";private_landlords|Privata hyresvärdar/bostadsbolag|Private landlords|med privata hyresvärdar/bostadsbolag"
            ";outside_county|Andra kommuner utanför länet|Municipalities outside the county"
            "|med andra kommuner utanför länet"
            ";authority|Myndighet|Public authority|med myndighet"
            ";civil_society|Civilsamhället (t.ex. kvinnojour)|Civil society|med civilsamhället (t.ex. kvinnojour)"
            ";other_actor|Annan aktör|Other actor|med annan aktör"
        ),
    ),
    "purpose_rating": (
        "used_something",
        "I vilken utsträckning har bidraget stärkt kommunens arbete? (1 = låg utsträckning, 5 = hög utsträckning)",
        "1|1 (låg)|1 (low)|1 (låg utsträckning);2|2|2;3|3|3;4|4|4;5|5 (hög)|5 (high)|5 (hög utsträckning)",
    ),
    "counterfactual": (
        "used_something",
        "Hade kommunen genomfört aktiviteterna utan statsbidraget?",
        "none|Nej|No;some|Ja, vissa av dem|Yes, some of it;all|Ja, alla|Yes, all of it;do_not_know|Vet ej|Do not know",
    ),
}
FIRST_NO = {"cooperation": 2}  # the first option of the list is asked in 2022 only
PRINTED = {3: "activity_area", 4: "cooperation"}
CELLS = {  # column: its value, its unit, its label in Swedish and in English
    "granted_sek": ("granted_sek", "sek", "Fördelat statsbidrag (kr)", "Distributed (SEK)"),
    "unused_sek": ("unused_sek", "sek", "Oanvänt statsbidrag (kr)", "Not used (SEK)"),
    "unused_percent": ("unused_percent", "percent", "Andel oanvänt statsbidrag (%)", "Share not used (%)"),
    "municipality_count": ("numerator", "count", "Antal kommuner (N={})", "Municipalities (N={})"),
    "municipality_percent": ("percent", "percent", "Andel kommuner (%)", "Share (%)"),
}
LIKENESS_SV = (
    "”{0}” finns inte i registret och tolkades som {1} ({2}) på grund av likhet ({3} %). "
    "Rätta namnet i källan eller lägg till ett alias i programme.yaml."
)
LIKENESS_EN = (
    "“{0}” is not in the register and was read as {1} ({2}) by likeness ({3} %). "
    "Correct the name at the source or add an alias in programme.yaml."
)
NOTHING_SV = (
    "Inget alternativ är valt i den flervalsfråga som börjar i kolumnen ”{0}”, och formuläret har inget ”inget av "
    "detta”. Den räknas som besvarad; stäm av om den svarande valde bort alla eller hoppade över frågan."
)
NOTHING_EN = (
    "No option is chosen in the multiple choice that begins in the column “{0}”, and the form has no “none of these”. "
    "It counts as answered; check whether the respondent chose none or skipped the question."
)
REPAID = "Ytterligare {0}\u00a0kr har återbetalats efter beslut om återkrav."
USE = {"Hela bidraget": "all", "En del av bidraget": "part", "Inget av bidraget": "none"}
UNITS = {"_sek": "kr", "_percent": "%", "_count": "antal", "_date": "datum", "_at": "tidpunkt", "_code": "kod"}
NUMBERS = "(_sek|_percent|_count|_no|_row)$|^(year|numerator|denominator|value|percent|score)$"
FATES = ["accepted", "superseded", "excluded", "quarantined"]
FLAGS = {"late", "selected", "used_derived", "base_inferred", "is_key"}

OF_GRANTS = ("decisions", "usage_report_2023", "recoveries")  # the forms whose rows belong to a grant

TABLES = {  # the columns of each table; an asterisk marks its key
    "core_round": "programme* year* as_of_date cost_period_start_date cost_period_end_date late_reports provenance",
    "core_recipient": (
        "programme* year* recipient_code* recipient_name kind county_code county_name valid_from_date valid_to_date"
        " provenance"
    ),
    "core_source_file": (
        "programme* year* form title origin licence source_date known_date sha256 byte_count encoding source_file*"
        " provenance"
    ),
    "core_row": (
        "programme* year* form row_kind fate rule recipient_code grant_id respondent_id name_as_reported submitted_at"
        " source_file* source_sheet source_row* provenance"
    ),
    "core_funnel": (
        "programme* year* form received_count accepted_count superseded_count excluded_count quarantined_count"
        " other_count source_file* provenance"
    ),
    "core_application": (
        "programme* year* recipient_code name_as_reported case_number received_date applied_sek outcome"
        " source_file* source_sheet source_row* provenance"
    ),
    "core_decision": (
        "programme* year* grant_id* recipient_code name_as_reported case_number decided_date decision_maker granted_sek"
        " report_due_date source_file source_sheet source_row provenance"
    ),
    "core_usage_report": (
        "programme* year* grant_id* recipient_code name_as_reported case_number submission_id submitted_at late"
        " granted_as_reported_sek used_sek salary_sek unused_sek source_file source_sheet source_row provenance"
    ),
    "core_event": (
        "programme* year* event recipient_code grant_id name_as_reported case_number event_date recorded_date"
        " amount_sek source_file* source_sheet source_row* provenance"
    ),
    "core_answer": (
        "programme* year* form* respondent_id* recipient_code question* option* status selected source_column"
        " source_file source_sheet source_row provenance"
    ),
    "core_reconciliation": (
        "programme* year* grant_id* recipient_code granted_sek used_sek used_derived unused_sek"
        " repaid_after_recovery_sek difference_sek outcome provenance"
    ),
    "core_finding": (
        "programme* year* finding_no* rule severity source_column message_sv message_en recipient_code source_file"
        " source_sheet source_row provenance"
    ),
    "out_grant_by_year": (
        "programme* year* recipient_count granted_sek used_sek reported_granted_sek unused_sek unused_percent"
        " repaid_after_recovery_sek used_all_count used_part_count used_nothing_count without_report_count"
        " provenance"
    ),
    "out_funds_by_year": (
        "programme* year* available_sek administration_sek distributable_sek granted_sek undistributed_sek provenance"
    ),
    "out_application_by_year": (
        "programme* year* application_count approved_count rejected_count dismissed_count withdrawn_count"
        " approval_percent provenance"
    ),
    "out_annex": (
        "programme* year* grant_id* recipient_code recipient_name name_as_reported granted_sek unused_sek"
        " unused_percent note provenance"
    ),
    "out_indicator": (
        "programme* year* indicator* option* option_no option_label_sv option_label_en numerator denominator base"
        " base_inferred asked_count blank_count percent provenance"
    ),
    "out_table_cell": (
        "programme* report* table_no* row_no* row_label row_label_en column_no* column_name column_label"
        " column_label_en value unit provenance"
    ),
    "data_dictionary": (
        "table_name* column_no column_name* type_name unit is_key refers_to allowed_values null_reason label_sv"
        " label_en table_label_sv table_meaning_en provenance"
    ),
}
NOT_WRITTEN = {
    "data_dictionary": {
        "refers_to",
        "allowed_values",
        "null_reason",
        "label_sv",
        "label_en",
        "table_label_sv",
        "table_meaning_en",
    }
}
