# Values that would do, and the names that must be there: ../fields.t
use utf8;
my %outbreak = (disease => 'influenza', place => 'house', began_on => '2026-11-01', ended_on => '', counted_on => '', ill_users => 1, ill_staff => 0);
+{
    'POST /bulletins/outbreaks' => [{ %outbreak }, qw(disease place began_on ill_users ill_staff)],
    'POST /bulletins/outbreaks/{outbreak}' => [{ %outbreak, withdrawn => 0 }, qw(disease place began_on ill_users ill_staff)],
};
