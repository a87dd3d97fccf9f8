# Values that would do, and the names that must be there: ../fields.t
use utf8;
+{
    'GET /meeting' => [{ past => 1 }],
    'POST /meeting' => [{ kind => 'training_course', title => '試験', day => '2099-01-01', begins => '10:00', ends => '11:00', agenda => '', office => 'cd' x 16, recording => 0, invite => 0 }, qw(kind title day begins ends)],
    'POST /meeting/of/{patient}' => [{ kind => 'care_conference', title => '試験', day => '2099-01-01', begins => '10:00', ends => '11:00', agenda => '', presence => 'none', consent_signer => '', consent_relation => '', consent_recording => 0, recording => 0, invite => 0 }, qw(kind title day begins ends presence)],
    'POST /meeting/in/{forum}' => [{ kind => 'training_course', title => '試験', day => '2099-01-01', begins => '10:00', ends => '11:00', agenda => '', recording => 0, invite => 0 }, qw(kind title day begins ends)],
    'POST /meeting/guest/{token}/answer' => [{ response => 'accepted' }, qw(response)],
    'POST /meeting/{meeting}/change' => [{ title => '試験', day => '2099-01-01', begins => '10:00', ends => '11:00', agenda => '' }, qw(title day begins ends)],
    'POST /meeting/{meeting}/consent' => [{ presence => 'family', consent_signer => 'だれか', consent_relation => '長女', consent_recording => 0 }, qw(consent_signer consent_relation)],
    'POST /meeting/{meeting}/guest' => [{ guest => 'outsider', name => 'だれか', office => '', mail => 'guest@tomozuna.example' }, qw(guest name mail)],
    'POST /meeting/{meeting}/answer' => [{ response => 'accepted', note => '' }, qw(response)],
    'POST /meeting/{meeting}/dates' => [{ day => '2099-01-01', begins => '10:00', ends => '11:00' }, qw(day begins ends)],
    'POST /meeting/{meeting}/vote' => [{ fits => 'cd' x 16, perhaps => 'ce' x 16 }],
    'POST /meeting/{meeting}/take' => [{ date => 'cd' x 16 }, qw(date)],
    'POST /meeting/{meeting}/papers' => [{ last_on => '2099-01-01' }, qw(last_on)],
    'POST /meeting/{meeting}/minutes' => [{ minutes => '要点' }, qw(minutes)],
};
