#!/usr/bin/perl
# The generator refuses statements that would go wrong at run time.
use strict;
use warnings;
use File::Temp;
use FindBin;
use Test::More;

my $folder = File::Temp->newdir;

# What the generator says of one statement; '' is nothing.
sub said {
    my ($text) = @_;
    open my $out, '>', "$folder/x.sql" or die;
    print {$out} "--! row thing (ref id, text name)\n\n$text";
    close $out or die;
    return qx(awk -v out=c -f $FindBin::Bin/../../modules/lib/sqlgen.awk $folder/x.sql 2>&1 >/dev/null);
}

my $select = "--! many thing things (key patient)\nSELECT ref AS id, name FROM care_thing WHERE patient_id = :patient";
is(said("$select ORDER BY care_thing.id DESC LIMIT 20;\n"), '', 'in the order of a key');
like(said("$select ORDER BY $_;\n"), qr/random/, "the ref given out as id is no order: $_") for 'id', 'id DESC LIMIT 20', 'name, id', "name,\n       id DESC";
is(said("--! many thing things (key patient)\nSELECT t.ref AS id, t.name FROM care_thing t WHERE t.patient_id = :patient ORDER BY t.name, t.id;\n"), '', 'nor is one with its table refused');
like(said("--! many thing things (key patient, text word)\nSELECT ref AS id, name FROM care_thing WHERE patient_id = :patient;\n"), qr/not used/, 'a parameter that is not used');
like(said("--! many thing things (key patient)\nSELECT ref AS id, name FROM care_thing WHERE patient_id = ?;\n"), qr/write :name/, 'a bare mark');
done_testing;
