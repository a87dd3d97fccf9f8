# Values that would do, and the names that must be there: ../fields.t
use utf8;
+{
    'POST /patients/search' => [{ q => 'かんざき' }, qw(q)],
    'POST /patients/{patient}/portrait' => [{ agreed => 1, crews => 1 }],
    'POST /patients/{patient}/portrait/crews' => [{ crews => 1 }],
};
