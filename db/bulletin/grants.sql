-- include care
GRANT SELECT ON care_bulletin_source TO @account@;
GRANT SELECT ON care_bulletin_figure TO @account@;
-- Reports are added and never changed.
GRANT SELECT, INSERT ON bulletin_outbreak TO @account@;
GRANT SELECT, INSERT ON bulletin_outbreak_report TO @account@;
