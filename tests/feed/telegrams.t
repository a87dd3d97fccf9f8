#!/usr/bin/perl
# Every real telegram and every sample, compared with a second reading of its text
# (Jmx.pm): envelope, and each code with each area.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Check;
use File::Find ();
use File::Temp ();
use Jmx;
use Test::More;

my $root = realdata('jma') or plan skip_all => 'no real documents here';
binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output);

my @file;
File::Find::find({ no_chdir => 1, wanted => sub { push @file, $_ if /\.xml\z/ && -f } }, $root);
@file = sort grep { !m{/schema/} } @file;
my (%right, %all, @wrong);

# Codes that lists of floods name in the headline alone, and kinds that have no
# code, are other tests' business: here all that Jmx.pm finds must be there, and
# nothing else of the same lists.
sub have {
    my ($item) = @_;
    my %pair;
    for my $w (@{ $item->{warnings} }) {
        next if !defined $w->{code} || $w->{kind} eq 'outlook';
        $pair{"$w->{code} $_"} = 1 for @{ $w->{areas} };
    }
    return \%pair;
}

sub differences {
    my ($t, $found) = @_;
    return "refused: $found->{refused}" if $found->{refused};
    return @{ $found->{items} } . ' items' if @{ $found->{items} } != 1;
    my $item = $found->{items}[0];
    my @bad = map { ($item->{$_} // '') eq $t->{$_} ? () : "$_ is " . ($item->{$_} // 'null') . ", not $t->{$_}" } qw(title status message);
    push @bad, 'source' if $item->{source} ne 'jmx';
    push @bad, 'event' if ($item->{telegram}{event} // '') ne $t->{event};
    push @bad, 'published' if !$item->{published} || !$item->{updated};
    my $type = $item->{telegram}{type} // 'none';
    push @bad, "type is $type, not $1" if $t->{file} =~ /_([A-Z]{4}(?:\d\d|ii))[._]/ && index($1, $type) != 0;
    my ($want, $have) = (pairs($t), have($item));
    push @bad, map { "missing $_" } grep { !$have->{$_} } sort keys %$want;
    push @bad, map { "too much: $_" } grep { !$want->{$_} } sort keys %$have if %$want;
    return @bad;
}

# One of the recorded feeds has addresses that were percent-encoded as a whole.
sub relative_links { my ($file) = @_; open my $in, '<', $file or die; local $/; return <$in> =~ /href="https?%3A/ }

my $checked = check_files(@file);
for my $file (@file) {
    my ($folder) = $file =~ m{\A\Q$root\E/([^/]+)};
    my $t = telegram($file);
    $all{$folder}++;
    if (!$t && $file !~ m{/feeds}) { push @wrong, "$file: neither a telegram nor in a folder of feeds"; next }
    $t->{file} = $file if $t;
    my $found = $checked->{$file};
    my @bad = $t ? differences($t, $found)
        : $found->{refused} ? "refused: $found->{refused}"
        : (grep { ($_->{id} // '') eq '' || ($_->{title} // '') eq '' || !$_->{updated} } @{ $found->{items} }) ? 'an entry lacks something'
        : (grep { !defined $_->{link} } @{ $found->{items} }) && !relative_links($file) ? 'an entry has no link' : ();
    push @wrong, join "\n    ", $file, @bad[0 .. ($#bad > 5 ? 5 : $#bad)] if @bad;
    $right{$folder}++ if !@bad;
}
diag sprintf '%s: %d of %d right', $_, $right{$_} // 0, $all{$_} for sort keys %all;
is($right{$_} // 0, $all{$_}, "$_: all $all{$_} are read right") for sort keys %all;
my $read = 0;
$read += $_ for values %right;
cmp_ok($read, '>=', 332, 'as many as there were when this was written');
ok(!@wrong, 'nothing is amiss') or diag(join "\n", @wrong[0 .. ($#wrong > 20 ? 20 : $#wrong)]);

# A title decides where no name of a file does: of every title in the samples and in
# the real feeds we must know the type, also of what is not for towns.
my %title;
for my $file (@file) {
    my $t = telegram($file);
    if ($t) { $title{ $t->{control_title} } = $file }
    elsif ($file !~ m{/mican3_}) { $title{$_->{title} // ''} = $file for grep { ($_->{telegram} // '') eq '' } @{ $checked->{$file}{items} } }
}
my $dir = File::Temp->newdir;
my @named = sort keys %title;
for my $n (0 .. $#named) {
    open my $out, '>:encoding(UTF-8)', "$dir/$n.xml" or die "$!\n";
    print {$out} qq{<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control><Title>$named[$n]</Title><Status>通常</Status></Control>}
        . qq{<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><InfoType>発表</InfoType></Head></Report>};
    close $out;
}
my $by_title = check_files(map { "$dir/$_.xml" } 0 .. $#named);
my @strange = grep { !defined $by_title->{"$dir/$_.xml"}{items}[0]{telegram}{type} } 0 .. $#named;
cmp_ok(scalar @named, '>', 80, 'there are titles');
ok(!@strange, 'the type of each of ' . @named . ' titles is known') or diag(map { "$named[$_] in $title{$named[$_]}\n" } @strange);
done_testing;
