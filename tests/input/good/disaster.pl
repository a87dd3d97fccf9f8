# Values that would do, and the names that must be there: ../fields.t
use utf8;
+{
    'POST /disaster' => [{ kind => 'flood', title => '大雨', drill => 1 }, qw(kind title)],
    'GET /disaster/register' => [{}],
    'POST /disaster/register/read' => [{ rows => '宛名番号' }, qw(rows)],
    'POST /disaster/register/import' => [{ rows => '宛名番号' }, qw(rows)],
    'POST /disaster/register/{registration}' => [{ mayor => 1, objects => 0, note => '鍵は右の箱' }],
    'POST /disaster/secrecy' => [{}],
    'POST /disaster/town/criteria' => [{ care_level => 3 }],
    'POST /disaster/town/supply' => [{ supply => 'consent' }, qw(supply)],
    'POST /disaster/town/support_bodies' => [{ office => 'cd' x 16 }, qw(office)],
    'GET /disaster/{incident}' => [{}],
    'GET /disaster/{incident}/map' => [{}],
    'GET /disaster/{incident}/paper' => [{}],
    'POST /disaster/{incident}/paper' => [{ rows => '12 無事' }, qw(rows)],
    'POST /disaster/{incident}/status' => [{ patient => 'cd' x 16, status => 'safe', place => '体育館', note => 'ふたりとも' }, qw(patient status)],
    'POST /disaster/{incident}/take' => [{ patient => 'cd' x 16 }, qw(patient)],
    'POST /disaster/{incident}/open' => [{ basis => '停電が長びく', area => 'cd' x 16, secrecy => 1 }, qw(basis)],
    'POST /disaster/{incident}/lengthen' => [{ hours => 24, reason => '復旧しない' }, qw(hours reason)],
    'POST /disaster/{incident}/outage' => [{ minutes_ago => 0 }],
};
