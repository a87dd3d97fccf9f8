# Values that would do, and the names that must be there: ../fields.t
use utf8;
+{
    'POST /account/duty' => [{ on_duty => 1, pin => '' }],
    'POST /account/language' => [{ lang => 'ja' }, qw(lang)],
    'POST /account/notice' => [{ kind => 'digest', channel => 'mail', wanted => 1 }, qw(kind channel)],
    'POST /duty/{user}' => [{ may_stand_in => 1 }],
    'POST /sign-in' => [{ login => 'nurse', password => 'xxxxxxxxxxxxxxxxxxxx' }, qw(login password)],
    'POST /unlock' => [{ pin => '000000' }, qw(pin)],
};
