package Jmx;
# A second, independent reading of telegrams, by their text alone: what the
# gateway must have found in them.
use strict;
use warnings;
use utf8;
use Exporter 'import';
our @EXPORT = qw(telegram pairs);

sub slurp { open my $in, '<:encoding(UTF-8)', $_[0] or die "$_[0]: $!\n"; local $/; return <$in> }

sub one { my ($text, $name) = @_; return $text =~ m{<(?:jmx_eb:)?$name(?:\s[^>]*)?>\s*([^<]*?)\s*</} ? decoded($1) : '' }

sub decoded { my ($t) = @_; my %c = (amp => '&', lt => '<', gt => '>', quot => '"', apos => "'"); $t =~ s/&(\w+);/$c{$1} \/\/ ''/ge; return $t }

sub all { my ($text, $name) = @_; return $text =~ m{<$name(?:\s[^>]*)?>(.*?)</$name>}gs }

# { control, head, body } as text, or undef when it is no telegram.
sub telegram {
    my ($file) = @_;
    my $text = slurp($file);
    return if $text !~ m{<Report\s[^>]*xmlns="http://xml\.kishou\.go\.jp/jmaxml1/"};
    my ($control) = all($text, 'Control');
    my ($head) = all($text, 'Head');
    my ($body) = all($text, 'Body');
    my %t = (control => $control, head => $head, body => $body // '');
    $t{control_title} = one($control, 'Title');
    (my $no_headline = $head) =~ s{<Headline>.*}{}s;
    $t{title} = one($no_headline, 'Title');
    my %status = ('通常' => 'actual', '訓練' => 'exercise', '試験' => 'test');
    my %message = ('発表' => 'alert', '遅延' => 'alert', '訂正' => 'update', '取消' => 'cancel');
    $t{message} = $message{ one($head, 'InfoType') };
    $t{status} = $status{ one($control, 'Status') };
    $t{status} = 'cancelled' if $t{status} eq 'actual' && $t{message} eq 'cancel';
    $t{event} = one($head, 'EventID');
    return \%t;
}

sub areas { my ($item) = @_; return map { one($_, 'Code') } all($item, 'Area') }

# Kinds of an item without what they were or will be.
sub kinds {
    my ($item) = @_;
    $item =~ s{<(LastKind|NextKinds?)>.*?</\1>}{}gs;
    return all($item, 'Kind');
}

# "CODE AREA" of all that is in force by the Warning elements of the body.
sub warnings_of {
    my ($t) = @_;
    my %pair;
    for my $list (all($t->{body}, 'Warning'), all($t->{body}, 'VolcanoInfo')) {
        for my $item (all($list, 'Item')) {
            for my $kind (kinds($item)) {
                my $code = one($kind, 'Code');
                my $state = one($kind, 'Status') || one($kind, 'Condition');
                next if $code eq '' || $state =~ /\A(?:解除|なし)\z|なし\z/;
                $pair{"$code $_"} = 1 for areas($item);
            }
        }
    }
    return %pair;
}

sub intensities {
    my ($t) = @_;
    my %pair;
    for my $observed (all($t->{body}, 'Observation')) {
        $observed =~ s{<IntensityStation>.*?</IntensityStation>}{}gs;
        for my $area (all($observed, 'Area')) {
            my @city = all($area, 'City');
            $area =~ s{<City>.*?</City>}{}gs;
            for my $place ($area, @city) {
                my $int = one($place, 'MaxInt');
                $int = '5-' if $int eq '' && one($place, 'Condition') =~ /未入電/;
                $pair{ "$int " . one($place, 'Code') } = 1 if $int =~ /\A[1-7][-+]?\z/;
            }
        }
    }
    return %pair;
}

sub tsunami {
    my ($t) = @_;
    my ($forecast) = all($t->{body}, 'Tsunami') ? all((all($t->{body}, 'Tsunami'))[0], 'Forecast') : ();
    my %pair;
    for my $item (all($forecast // '', 'Item')) {
        my ($category) = all($item, 'Category') or next;
        my ($kind) = kinds($category);
        my ($area) = all($item, 'Area');
        $pair{ one($kind, 'Code') . ' ' . one($area, 'Code') } = 1;
    }
    return %pair;
}

# Floods say their codes in the headline; the body lists where water may come.
sub floods {
    my ($t) = @_;
    my %pair;
    for my $item (map { all($_, 'Item') } all($t->{head}, 'Information')) {
        for my $kind (kinds($item)) {
            $pair{ one($kind, 'Code') . " $_" } = 1 for areas($item);
        }
    }
    return %pair;
}

# What of a telegram is in force: { "CODE AREA" => 1 }.
sub pairs {
    my ($t) = @_;
    return { floods($t) } if $t->{control_title} =~ /洪水予報|水位周知/;
    return { warnings_of($t), intensities($t), tsunami($t) };
}

1;
