# Values that would do, and the names that must be there: ../fields.t
use utf8;
my @question = qw(leaflet illness immunosuppressed bleeding doctor_agreed recent_illness unwell convulsion severe_allergy
    component_allergy past_reaction fainting pregnant recent_vaccine has_question);
my %what = (product => 'influenza_ha', lot_number => 'TEST01', expires_on => '2199-03-31', site => 'left_arm', route => 'sc', dose_ml => '0.5');
+{
    'GET /vaccination/desk/due' => [{ vaccine => 0, overdue => 1 }],
    'POST /vaccination/desk/{patient}/calls' => [{ result => 'later', note => '夕方に' }, 'result'],
    'POST /vaccination/desk/{patient}/agreement' => [{ mobile => '090-0000-0001', agreed_by => '試験 花', agreed_relation => '長女' }, qw(mobile agreed_by agreed_relation)],
    'POST /vaccination/desk/{patient}/agreement/end' => [{ note => 'もう要らない' }, 'note'],
    'POST /vaccination/desk/find' => [{ q => 'しけん' }, 'q'],
    'POST /vaccination/desk/{patient}/bookings' => [{ vaccine => 'influenza', clinic => 'ab' x 16, place => 'clinic', wanted_1 => '2199-01-01', wanted_2 => '2199-01-02',
        wanted_3 => '2199-01-03', wanted_note => '午前', caller => '試験 花', caller_relation => '長女', caller_phone => '0000-00-0001' }, qw(vaccine clinic place caller caller_relation)],
    'POST /vaccination/desk/{patient}/bookings/{booking}/confirm' => [{ note => 'はい' }],
    'POST /vaccination/desk/{patient}/bookings/{booking}/again' => [{ note => '通院の日' }, 'note'],
    'POST /vaccination/desk/{patient}/bookings/{booking}/cancel' => [{ note => '入院' }, 'note'],
    'POST /vaccination/bookings/{booking}/offer' => [{ offered_on => '2199-01-01', offered_time => '09:30', offer_note => '保険証は要りません' }, qw(offered_on offered_time)],
    'POST /vaccination/bookings/{booking}/decline' => [{ note => '在庫がない' }, 'note'],
    'POST /vaccination/bookings/{booking}/done' => [{ note => 'すみました' }],
    'POST /vaccination/stock' => [{ product => 'influenza_ha', lot_number => 'TEST01', expires_on => '2199-03-31', stock => 10 },
        qw(product lot_number expires_on stock)],
    'POST /vaccination/stock/{lot}' => [{ stock => 9 }, qw(stock)],
    'POST /vaccination/{patient}' => [{ %what, vaccine => 'influenza', given_on => '2026-01-01', dose_number => 1, place => '公民館', doctor_name => 'だれか' },
        qw(vaccine given_on)],
    'POST /vaccination/{patient}/visits' => [{ vaccine => 'influenza', planned_on => '2199-01-01', note => '玄関は左' }, qw(vaccine)],
    'POST /vaccination/{patient}/visits/{visit}/screening' => [{ temperature => '36.4', (map { $_ => 'no' } @question), wish => 'wishes', signer => 'self' },
        qw(signer)],
    'POST /vaccination/{patient}/visits/{visit}/judgement' => [{ form => 'cd' x 16, judgement => 'possible', mode => 'present', explained => 1 },
        qw(form judgement mode)],
    'POST /vaccination/{patient}/visits/{visit}/dose' => [{ %what, minutes_ago => 0 }, qw(site route dose_ml)],
    'POST /vaccination/{patient}/visits/{visit}/close' => [{ watched_by => 'だれか', condition_after => 'well' }, qw(condition_after)],
    'POST /vaccination/{patient}/visits/{visit}/not_given' => [{ reason => 'absent' }, qw(reason)],
    'POST /vaccination/{patient}/visits/{visit}/papers' => [{ kind => 'form' }, qw(kind)],
    'POST /vaccination/{patient}/doses/{immunization}/correct' => [{ %what, given_on => '2026-01-01', reason => '読みまちがい' },
        qw(given_on reason)],
    'POST /vaccination/{patient}/doses/{immunization}/adverse_events' => [{ event => 'anaphylaxis', began_on => '2026-01-01', began_hour => 10 },
        qw(event began_on began_hour)],
    'POST /vaccination/{patient}/adverse_events/{adverse_event}/report' => [{ reference => 'R-1' }, qw(reference)],
};
