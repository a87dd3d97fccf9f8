#!/usr/bin/perl
# The summary as an International Patient Summary, held to what HL7's profiles require:
# document Bundle, Composition 60591-5, the three sections that must be there, narratives,
# ips-comp-1 (entry or emptyReason), references that lead somewhere, cardinalities.
use strict;
use warnings;
use utf8;
use JSON::PP;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($crew, $doctor, $nurse) = map { person($_) } qw(crew doctor nurse);
my @wrong;

sub wrong { push @wrong, "@_"; return }
sub want { my ($right, $what) = @_; wrong($what) if !$right; return $right }

# Elements that a resource must have, by the profile; `a|b` one of them.
my %MUST = (
    Composition        => [qw(status type subject date author title custodian section)],
    Patient            => [qw(name birthDate|_birthDate)],
    Organization       => ['name'],
    Condition          => [qw(code subject)],
    AllergyIntolerance => [qw(code patient)],
    MedicationStatement => [qw(status medicationCodeableConcept|medicationReference subject effectiveDateTime|_effectiveDateTime|effectivePeriod)],
    Device             => [qw(type patient)],
    DeviceUseStatement => [qw(status subject device timingDateTime|_timingDateTime|timingPeriod)],
    Consent            => [qw(status scope category patient policyRule|policy)],
    Immunization       => [qw(status vaccineCode patient occurrenceDateTime|occurrenceString)],
    Flag               => [qw(status code subject)],
    Observation        => [qw(status category code subject effectiveDateTime valueQuantity|component)],
    ClinicalImpression => [qw(status subject summary)],
);
my %STATUS = (Composition => 'final', MedicationStatement => 'active|completed|stopped|unknown|on-hold', DeviceUseStatement => 'active|completed',
    Consent => 'active', Immunization => 'completed|entered-in-error|not-done', Flag => 'active');

sub text_of { my ($c) = @_; return ref $c eq 'HASH' && (defined $c->{text} || (ref $c->{coding} eq 'ARRAY' && @{ $c->{coding} } && $c->{coding}[0]{system} =~ /\Ahttp/ && $c->{coding}[0]{code})) }

sub check_resource {
    my ($r) = @_;
    my $type = $r->{resourceType} // '?';
    want($MUST{$type}, "a $type belongs in no summary") or return;
    want($r->{id} =~ /\A[A-Za-z0-9.-]{1,64}\z/, "$type.id");
    for my $must (@{ $MUST{$type} }) {
        want((grep { defined $r->{$_} && (ref $r->{$_} ne 'ARRAY' || @{ $r->{$_} }) } split /\|/, $must) > 0, "$type.$must");
    }
    want($r->{status} =~ /\A(?:$STATUS{$type})\z/, "$type.status") if $STATUS{$type};
    want(text_of($r->{$_}), "$type.$_ says nothing") for grep { exists $r->{$_} } qw(code type medicationCodeableConcept clinicalStatus);
    for my $at (grep { exists $r->{$_} } qw(date effectiveDateTime dateTime birthDate)) {
        want($r->{$at} =~ /\A\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?\z/, "$type.$at $r->{$at}");
    }
    empty_things($type, $r);
    return;
}

# FHIR has no empty string, list or object, and no null.
sub empty_things {
    my ($where, $v) = @_;
    if (ref $v eq 'HASH') { want(%$v, "$where is empty"); empty_things("$where.$_", $v->{$_}) for sort keys %$v }
    elsif (ref $v eq 'ARRAY') { want(@$v, "$where is empty"); empty_things("$where\[$_]", $v->[$_]) for 0 .. $#$v }
    else { want(defined $v && $v ne '', "$where is nothing") }
    return;
}

sub references {
    my ($v) = @_;
    return map { references($_) } @$v if ref $v eq 'ARRAY';
    return () if ref $v ne 'HASH';
    return (defined $v->{reference} && !ref $v->{reference} ? $v->{reference} : (), map { references($_) } values %$v);
}

sub check_section {
    my ($s, $at) = @_;
    my $code = $s->{code}{coding}[0];
    my $name = $code->{code} // '?';
    want(($s->{title} // '') ne '', "section $name: title");
    want(($code->{system} // '') eq 'http://loinc.org' && $name =~ /\A\d+-\d\z/, "section $name: LOINC");
    want(($s->{text}{status} // '') eq 'generated' && $s->{text}{div} =~ m{\A<div xmlns="http://www.w3.org/1999/xhtml">.+</div>\z}s, "section $name: narrative");
    want(!!$s->{entry} != !!$s->{emptyReason}, "section $name: ips-comp-1");
    want(($s->{emptyReason}{coding}[0]{code} // '') =~ /\A(?:notasked|unavailable|nilknown|withheld|notstarted|closed)\z/, "section $name: emptyReason") if $s->{emptyReason};
    my %type = ('11450-4' => 'Condition', '11348-0' => 'Condition', '48765-2' => 'AllergyIntolerance', '10160-0' => 'MedicationStatement',
        '46264-8' => 'DeviceUseStatement', '42348-3' => 'Consent', '104605-1' => 'Flag', '8716-3' => 'Observation', '11369-6' => 'Immunization', '47420-5' => 'ClinicalImpression');
    want(($at->{ $_->{reference} }{resourceType} // '') eq ($type{$name} // '-'), "section $name: entry of another kind") for @{ $s->{entry} // [] };
    return $name;
}

# What is wrong with a document: a list; nothing if it is right.
sub faults {
    my ($b) = @_;
    @wrong = ();
    want($b->{resourceType} eq 'Bundle' && $b->{type} eq 'document', 'document Bundle');
    want($b->{identifier}{system} && $b->{identifier}{value}, 'Bundle.identifier (bdl-9)');
    want(($b->{timestamp} // '') =~ /\A\d{4}-\d\d-\d\dT.*Z\z/, 'Bundle.timestamp (bdl-10)');
    my @entry = @{ $b->{entry} };
    my %at;
    for my $e (@entry) {
        want($e->{fullUrl} =~ /\Aurn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\z/, "fullUrl $e->{fullUrl}");
        want(!$at{ $e->{fullUrl} }, "$e->{fullUrl} twice (bdl-7)");
        $at{ $e->{fullUrl} } = $e->{resource};
        check_resource($e->{resource});
    }
    want($at{$_}, "nothing at $_") for references($b);
    my $c = $entry[0]{resource};
    want($c->{resourceType} eq 'Composition', 'the first entry is the Composition (bdl-11)');
    want($c->{type}{coding}[0]{code} eq '60591-5', 'Composition.type');
    want($at{ $c->{subject}{reference} }{resourceType} eq 'Patient', 'Composition.subject');
    my %n;
    $n{ check_section($_, \%at) }++ for @{ $c->{section} };
    want(($n{$_} // 0) == 1, "section $_ once") for qw(11450-4 48765-2 10160-0);
    my ($patient) = grep { ($_->{resourceType} // '') eq 'Patient' } values %at;
    want((grep { $_->{family} || $_->{given} || $_->{text} } @{ $patient->{name} }) == @{ $patient->{name} }, 'ips-pat-1');
    my %used = map { $_ => 1 } references($b);
    for my $sign (grep { $_->{resourceType} eq 'Observation' } values %at) {
        want((grep { $_->{code} eq 'vital-signs' } map { @{ $_->{coding} } } @{ $sign->{category} }) == 1, 'Observation.category: vital-signs');
        want($sign->{code}{coding}[0]{system} eq 'http://loinc.org', 'Observation.code: LOINC');
        want(!!$sign->{valueQuantity} != !!$sign->{component}, 'Observation: a value or its parts');
        want(($_->{valueQuantity} ? ($_->{valueQuantity}{system} // '') eq 'http://unitsofmeasure.org' && $_->{valueQuantity}{value} =~ /\A\d+(?:\.\d)?\z/ : $_->{dataAbsentReason}), 'Observation: UCUM, or why not')
            for $sign->{component} ? @{ $sign->{component} } : $sign;
    }
    want($used{ $_->{fullUrl} } || $_->{resource}{resourceType} eq 'Composition', "nobody refers to $_->{resource}{resourceType}") for @entry;
    return @wrong;
}

sub document {
    my ($patient) = @_;
    my $answer = $crew->get("/emergency/$patient", accept => 'application/fhir+json');
    is($answer->status, 200, 'a document');
    like($answer->header('content-type'), qr{\Aapplication/fhir\+json}, '  of FHIR');
    return decode_json($answer->body);
}
sub section { my ($b, $code) = @_; return (grep { $_->{code}{coding}[0]{code} eq $code } @{ $b->{entry}[0]{resource}{section} })[0] }

# ---- nobody has asked ----

my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
is($crew->get("/emergency/$patient", accept => 'application/fhir+json')->status, 404, 'unopened: none');
$crew->post('/emergency/open', { patient => $patient, reason => 'unconscious' });
my $b = document($patient);
is_deeply([faults($b)], [], 'of somebody of whom nothing is known: valid');
is(section($b, $_)->{emptyReason}{coding}[0]{code}, 'notasked', "  $_: nobody has asked") for qw(11450-4 48765-2 10160-0);

# ---- asked, and there is none ----

$doctor->post("/record/$patient/confirm", { field => $_, state => 'none' }) for qw(allergies medications equipment health_conditions);
$b = document($patient);
is_deeply([faults($b)], [], 'of somebody who has nothing: valid');
my %absent = map { $_->{resource}{resourceType} => ($_->{resource}{code} // $_->{resource}{medicationCodeableConcept} // $_->{resource}{type} // {})->{coding}[0]{code} // '' } @{ $b->{entry} };
is($absent{$_->[0]}, $_->[1], "  $_->[1]") for ['AllergyIntolerance', 'no-known-allergies'], ['MedicationStatement', 'no-known-medications'], ['Condition', 'no-known-problems'],
    ['Device', 'no-known-devices'];

# ---- all of it ----

$doctor->post("/record/$patient/allergies", { substance => '<卵> & "牛乳"', reaction => 'じんま疹', category => 'food', criticality => 'high' });
$doctor->post("/record/$patient/medications", { name => 'エドキサバン', dose => '30mg', dosage => '朝', blood_thinner => 1, dispensed_on => '2026-11-15' });
$doctor->post("/record/$patient/health_conditions", { name => '心房細動', since => '2019年', past => 0 });
$doctor->post("/record/$patient/health_conditions", { name => '大腿骨頸部骨折', past => 1 });
$nurse->post("/record/$patient/equipment", { name => '在宅酸素', settings => '2L', power_dependent => 1 });
$doctor->post("/record/$patient/advance_directives", { summary => '自宅で', author => '田所', stated_on => '2026-09-10', resuscitation => 'not_wanted' });
$doctor->post("/record/$patient/fields", { field => 'infection', state => 'present', value => 'MRSA' });
$nurse->post("/record/$patient/emergency_contacts", { name => '試験 花子', relation => '長女', phone => '090-0000-7741', position => 1, key_person => 1 });
$doctor->post("/record/$patient/fields", { field => 'communication', state => 'present', value => '右耳が遠い' });
$nurse->post("/record/$patient/vital_signs", { temperature => '37.8', spo2 => '93', systolic => '128', diastolic => '70' });
my $key = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product_name, lot_number, given_on, reported, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    VALUES (?, RANDOM_BYTES(16), "test", "試験の病い", "試験ワクチン", "X1", "2026-10-01", 1, UTC_TIMESTAMP(3), 1, "試験", "040", "試験")', $key);
$b = document($patient);
is_deeply([faults($b)], [], 'of somebody with all of it: valid');
my %count;
$count{ $_->{resource}{resourceType} }++ for @{ $b->{entry} };
is_deeply(\%count, { Composition => 1, Patient => 1, Organization => 1, Condition => 2, AllergyIntolerance => 1, MedicationStatement => 1, Device => 1,
    DeviceUseStatement => 1, Consent => 1, Flag => 2, Observation => 3, ClinicalImpression => 1, Immunization => 1 }, '  each thing once');
my ($dose) = map { $_->{resource} } grep { $_->{resource}{resourceType} eq 'Immunization' } @{ $b->{entry} };
is("$dose->{vaccineCode}{text} $dose->{occurrenceDateTime} $dose->{lotNumber}", '試験の病い（試験ワクチン） 2026-10-01 X1', '  a dose');
ok(!$dose->{primarySource}, '  which was given elsewhere');
ok(section($b, '11369-6'), '  in its section');
unlike(section($b, '48765-2')->{text}{div}, qr/<卵>/, '  narratives are escaped');
my ($p) = map { $_->{resource} } grep { $_->{resource}{resourceType} eq 'Patient' } @{ $b->{entry} };
is($p->{contact}[0]{relationship}[0]{coding}[0]{code}, 'C', '  whom to call');
is_deeply([map { $_->{extension}[0]{valueCode} } @{ $p->{name} }], ['IDE', 'SYL'], '  name as written and as read');

my %sign = map { $_->{code}{coding}[0]{code} => $_ } map { $_->{resource} } grep { $_->{resource}{resourceType} eq 'Observation' } @{ $b->{entry} };
is("$sign{'8310-5'}{valueQuantity}{value} $sign{'8310-5'}{valueQuantity}{code}", '37.8 Cel', '  a temperature in UCUM');
is(join(' ', map { "$_->{code}{coding}[0]{code}=$_->{valueQuantity}{value}" } @{ $sign{'85354-9'}{component} }), '8480-6=128 8462-4=70', '  a blood pressure of two parts');
is(section($b, '47420-5')->{entry} && (map { $_->{resource}{summary} } grep { $_->{resource}{resourceType} eq 'ClinicalImpression' } @{ $b->{entry} })[0],
    '会話・意思の伝え方：右耳が遠い', '  how she usually is');

# ---- the checker itself: each fault is found ----

my %broken = (
    'no allergies'     => sub { @{ $_[0]{entry}[0]{resource}{section} } = grep { $_->{code}{coding}[0]{code} ne '48765-2' } @{ $_[0]{entry}[0]{resource}{section} } },
    'a dead reference' => sub { section($_[0], '11450-4')->{entry}[0]{reference} = 'urn:uuid:00000000-0000-0000-0000-000000000000' },
    'no narrative'     => sub { delete section($_[0], '10160-0')->{text} },
    'both'             => sub { section($_[0], '10160-0')->{emptyReason} = { coding => [{ code => 'notasked' }] } },
    'another type'     => sub { $_[0]{type} = 'collection' },
    'no unit'          => sub { delete $_->{resource}{valueQuantity}{system} for grep { $_->{resource}{valueQuantity} } @{ $_[0]{entry} } },
    'an empty text'    => sub { $_[0]{entry}[1]{resource}{birthDate} = '' },
);
for my $what (sort keys %broken) {
    my $copy = decode_json(encode_json($b));
    $broken{$what}->($copy);
    ok(faults($copy) > 0, "the checker finds: $what");
}
done_testing;
