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

# Between two files a document of ours is read, whose item says where one ends.
my $marker = File::Temp->new;
print {$marker} '<rss><channel><item><guid>between two files</guid></item></channel></rss>';
close $marker;

# Runs the program on files; its lines on both outputs, and how it ended.
sub run {
    my (@file) = @_;
    my $err = File::Temp->new;
    my $pid = open my $out, '-|';
    die "$!\n" if !defined $pid;
    if (!$pid) {
        open STDERR, '>', "$err" or die "$!\n";
        exec program(), '--check', @file;
        die "$!\n";
    }
    my @item = <$out>;
    close $out;
    my $status = $?;
    open my $said, '<:encoding(UTF-8)', "$err" or die "$!\n";
    my @line = <$said>;
    chomp @line;
    return (\@item, \@line, $status);
}

# { FILE => { items => [...], refused => why or undef, notes => [...] } }
sub check_files {
    my (@file) = @_;
    my %found;
    my $json = JSON::PP->new->utf8;
    while (my @some = splice @file, 0, 200) {
        my ($items, $lines, $status) = run(map { ($_, "$marker") } @some);
        my $at = 0;
        $found{$_} = { items => [], notes => [], lines => [], status => 0, signal => $status & 127 } for @some;
        for (@$items) {
            my $item = $json->decode($_);
            if (($item->{id} // '') eq 'between two files') { $at++ }
            else { push @{ $found{ $some[$at] }{items} }, $item }
        }
        for (@$lines) {
            my ($file, $what) = /\A(.*?): ((?:note|refused): .*)\z/ or die "$_\n";
            my $f = $found{$file} or die "$_\n";
            push @{ $f->{lines} }, $what;
            push @{ $f->{notes} }, $1 if $what =~ /\Anote: (.*)/;
            @$f{qw(refused status)} = ($1, 1) if $what =~ /\Arefused: (.*)/;
        }
    }
    return \%found;
}

# $name, such as _0_VPWW55_.xml, is the end of the file's name.
sub check_text {
    my ($text, $name) = @_;
    my $file = File::Temp->new(SUFFIX => $name // '');
    binmode $file;
    print {$file} $text;
    close $file;
    return check_files("$file")->{"$file"};
}

1;
