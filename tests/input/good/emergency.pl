# Values that would do, and the names that must be there: ../fields.t
use utf8;
+{
    'POST /emergency/search' => [{ q => '000-000-0000' }, qw(q)],
    'POST /emergency/open' => [{ patient => 'cd' x 16, reason => 'unconscious', reason_text => 'ほか', dispatch_number => '1' }, qw(patient)],
    'POST /emergency/reviews/{opening}' => [{ verdict => 'justified', note => '電話で確かめた' }, qw(verdict)],
    'POST /emergency/{patient}/dispatch' => [{ dispatch_number => '1' }, qw(dispatch_number)],
    'POST /emergency/{patient}/calls' => [{ callee => 'cd' x 16, result => 'answered' }, qw(callee result)],
    'POST /emergency/{patient}/reports' => [{ kind => 'departed', hospital => '市民病院', note => '家族が同乗' }, qw(kind)],
    'POST /emergency/{patient}/answers' => [{ body => '右耳が遠い' }, qw(body)],
};
