-- include care
GRANT SELECT ON care_bulletin_source TO @account@;
