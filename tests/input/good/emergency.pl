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
    'POST /emergency/{patient}/hospitals' => [{ department => 'internal', complaint => '息が苦しい', vitals => 'SpO2 88', minutes => 12, hospital => 'cd' x 16 }, qw(department complaint)],
    'POST /emergency/asked/{asked}' => [{ answer => 'accept', note => '5分後に' }, qw(answer)],
    'POST /emergency/hospital/{asked}' => [{ answer => 'decline', note => '手術中' }, qw(answer)],
    'POST /emergency/hospital/status' => [{ department => 'surgery', state => 'limited', note => '一床' }, qw(department state)],
    'POST /emergency/{patient}/told/{contact}' => [{ agreed_by => '長女' }, qw(agreed_by)],
    'POST /emergency/{patient}/alone' => [{ keyholder => '隣の人', keyholder_phone => '000-000-0000', watcher => '配食', note => 'なし', agreed_by => '本人', agreed_relation => '本人' }, qw(agreed_by agreed_relation)],
    'POST /emergency/{patient}/alone/end' => [{ reason => 'facility' }, qw(reason)],
    'POST /emergency/{patient}/codes' => [{ name => '試験一', relation => '長女', known_by => '生年月日' }, qw(name relation known_by)],
    'POST /emergency/looked' => [{ code => '123412341234' }, qw(code)],
    'GET /emergency/alone' => [{}],
    'POST /emergency/{patient}/card/end' => [{ reason => 'lost' }, qw(reason)],
};
