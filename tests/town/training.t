#!/usr/bin/perl
# A town to practise in, beside the real one: its people sign in and see its
# patients and nobody else's; nothing leaves; at its end every device is out.
use strict;
use warnings;
use utf8;
use File::Temp 'tempdir';
use Test::More;
use Tomozuna::Backup;
use Tomozuna::Test;

my $dir = tempdir(CLEANUP => 1);
my $place = { conf => demo('CONF') . '/admin.conf' };
END { local $?; remove() }

# A test may remove what nobody else can.
sub remove {
    my ($network) = db('SELECT id FROM care_network WHERE code = "994022"') or return;
    my $patients = "(SELECT id FROM care_patient WHERE network_id = $network)";
    my $offices = "(SELECT id FROM care_office WHERE network_id = $network)";
    my $users = "(SELECT id FROM care_user WHERE network_id = $network)";
    for my $table (db('SELECT DISTINCT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = DATABASE() AND c.column_name = "patient_id" AND t.table_type = "BASE TABLE"')) {
        db("SET STATEMENT foreign_key_checks = 0 FOR DELETE FROM $table WHERE patient_id IN $patients");
    }
    db("DELETE FROM care_patient WHERE network_id = $network");
    my $devices = "(SELECT id FROM care_device WHERE office_id IN $offices)";
    db("DELETE FROM $_ WHERE device_id IN $devices") for qw(ca_request ca_certificate);
    db("DELETE FROM $_ WHERE office_id IN $offices") for qw(care_session care_device care_staff);
    db("DELETE FROM care_notice WHERE user_id IN $users");
    db("UPDATE care_network SET officer_office_id = NULL WHERE id = $network");
    db("DELETE FROM $_ WHERE network_id = $network") for qw(care_user care_office care_network_choice care_network_module);
    db("DELETE FROM care_network WHERE id = $network");
    return;
}
remove();

is tomozuna_ok($place, 'training', 'list'), "none\n", 'there is none';
my $said = tomozuna_ok($place, 'training', 'make', "$dir/people", 12);
like $said, qr/kenshu-nurse/, 'made; it says how to sign in';
like tomozuna_ok($place, 'training', 'list'), qr/^patients\t12$/m, 'with its patients';
is +(tomozuna($place, 'training', 'make', "$dir/other"))[0], 1, 'one is enough';
is db('SELECT COUNT(*) FROM care_user u JOIN care_network n ON n.id = u.network_id WHERE n.code = "994022" AND (mail IS NOT NULL OR mobile IS NOT NULL)'), 0,
    'nobody has an address';
is +(stat "$dir/people/nurse.password")[2] & 077, 0, 'passwords are nobody else\'s';

my $nurse = client(certificate => "$dir/people/nurse.crt", key => "$dir/people/nurse.key");
my $password = slurp("$dir/people/nurse.password") =~ s/\s+\z//r;
is $nurse->post('/sign-in', { login => 'kenshu-nurse', password => $password })->status, 204, 'one of it signs in'
    or diag $nurse->post('/sign-in', { login => 'kenshu-nurse', password => $password })->status;
my @patient = @{ $nurse->get('/patients')->json->{patients} // [] };
cmp_ok scalar @patient, '>', 0, 'sees patients';
my @real = map { $_->{id} } @{ person('nurse')->get('/patients')->json->{patients} };
my %real = map { $_ => 1 } @real;
is_deeply [grep { $real{ $_->{id} } } @patient], [], 'of that town alone';
is $nurse->get("/patients/$real[0]")->status, 404, 'a real one does not exist for her';
is person('nurse')->get("/patients/$patient[0]{id}")->status, 404, 'nor the other way round';
ok wait_for(sub { $nurse->page('/patients')->text =~ /【研修】/ }, 30), 'each page says what it is';
is $nurse->post("/timeline/$patient[0]{id}", { body => '研修の至急', urgent => 1 })->status, 201, 'she writes an urgent note';
ok stays_false(sub { db('SELECT COUNT(*) FROM care_notice x JOIN care_network n ON n.id = x.network_id WHERE n.code = "994022"
    AND x.state IN ("sent", "delivered", "sending")') }, 3), 'and nothing leaves';

tomozuna_ok($place, 'training', 'end');
ok wait_for(sub { $nurse->get('/patients')->status != 200 }, 20), 'at the end her device is out';
is person('nurse')->get('/patients')->status, 200, 'and the real ones are not';
done_testing;
