package Check;
# Runs tomozuna-feed --check: on many files at once, or on a text of the test's.
use strict;
use warnings;
use Exporter 'import';
use File::Temp ();
use JSON::PP ();
our @EXPORT = qw(check_files check_text realdata program);

sub program {
    my $bin = $ENV{TOMOZUNA_BIN} // (($ENV{TOMOZUNA_BUILD} // 'build') . '/gateways/feed');
    return "$bin/tomozuna-feed";
}

# The folder of real documents, or undef where there is none.
sub realdata {
    my ($sub) = @_;
    my $root = $ENV{TOMOZUNA_REALDATA} or return;
    return -d "$root/$sub" ? "$root/$sub" : undef;
}

# { FILE => { items => [...], refused => why or undef, notes => [...] } }, one
# run a file, so that an item is known by the file that it came from.
sub check_files {
    my (@file) = @_;
    my %found;
    my $json = JSON::PP->new->utf8;
    for my $file (@file) {
        my $err = File::Temp->new;
        open my $out, '-|', 'sh', '-c', 'exec "$0" --check "$1" 2>"$2"', program(), $file, "$err" or die "$!\n";
        my @item = map { $json->decode($_) } <$out>;
        close $out;
        my $status = $?;
        open my $said, '<:encoding(UTF-8)', "$err" or die "$!\n";
        my @line = <$said>;
        chomp @line;
        s/\A\Q$file\E: // for @line;
        $found{$file} = {
            items   => \@item,
            status  => $status >> 8,
            signal  => $status & 127,
            refused => scalar((map { /\Arefused: (.*)/ ? $1 : () } @line)[0]),
            notes   => [map { /\Anote: (.*)/ ? $1 : () } @line],
            lines   => \@line,
        };
    }
    return \%found;
}

sub check_text {
    my ($text) = @_;
    my $file = File::Temp->new;
    binmode $file;
    print {$file} $text;
    close $file;
    return check_files("$file")->{"$file"};
}

1;
