#!/usr/bin/perl
# Other readers' own test cases as oracles, for the fields that we keep of an
# entry: title, link, id, published, updated. Each case that is not counted and
# each disagreement is explained here, by name or by rule.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Check;
use File::Find ();
use POSIX ();
use Test::More;
use Time::Local ();

my $root = realdata('feed_parsers') or plan skip_all => 'no real documents here';
binmode $_, ':encoding(UTF-8)' for *STDOUT, *STDERR, map { Test::More->builder->$_ } qw(output failure_output);

sub files { my ($dir, $like) = @_; my @f; File::Find::find({ no_chdir => 1, wanted => sub { push @f, $_ if /$like/ && -f } }, $dir) if -d $dir; my @s = sort @f; return @s }
sub slurp { open my $in, '<:raw', $_[0] or die "$_[0]: $!\n"; local $/; return <$in> }

# HTML as the text that it shows: we keep texts, others keep HTML.
sub text_of {
    my ($t) = @_;
    $t =~ s/<(?:script|style)\b.*?<\/(?:script|style)[^>]*>//gis;
    $t =~ s/<!--.*?-->//gs;
    $t =~ s/<(?:\/?[a-z]|!)[^>]*>?/ /gi;
    my %named = (amp => '&', lt => '<', gt => '>', quot => '"', apos => "'", nbsp => ' ', eacute => 'é', mdash => '—', auml => 'ä', ouml => 'ö', uuml => 'ü');
    $t =~ s/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/defined $1 ? chr $1 : defined $2 ? chr hex $2 : $named{$3} \/\/ "&$3;"/gie;
    return $t;
}

sub bare { my ($t) = @_; $t =~ s/[\s\x{a0}\x{3000}]+//g; return $t }

# The same text, whichever of the two ways the other wrote it in?
sub same {
    my ($want, $have) = @_;
    $have = bare($have // '');
    $have =~ s/…\z// and return 1 if length $have > 1500;
    return scalar grep { bare($_) eq $have } $want, text_of($want), text_of(text_of($want));
}

# A Python string literal.
sub python {
    my ($t) = @_;
    $t =~ s/\A[ub]?(['"])(.*)\1\z/$2/s or return;
    utf8::decode($t) if !utf8::is_utf8($t);
    $t =~ s/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/defined $1 ? chr hex $1 : defined $2 ? chr hex $2 : $3 eq 'n' ? "\n" : $3 eq 't' ? "\t" : $3/gse;
    return $t;
}

sub instant { my (@t) = @_; return POSIX::strftime('%Y-%m-%dT%H:%M:%S', gmtime Time::Local::timegm($t[5], $t[4], $t[3], $t[2], $t[1] - 1, $t[0])) }

# The two sides of one comparison. undef: not one of our fields.
sub compare {
    my ($field, $want, $item) = @_;
    if ($field =~ /_parsed\z/) {
        return if $want !~ /\A\((\d+(?:, *\d+){5,8})\)/;
        my $at = instant(split / *, */, $1);
        (my $name = $field) =~ s/_parsed//;
        # What feedparser calls updated may be an entry's only time.
        my @have = map { ($_ // '') =~ s/\.\d+Z\z//r } @$item{$name eq 'created' ? 'published' : $name, 'published', 'updated'};
        return { ok => scalar(grep { $_ eq $at } @have), want => $at, have => "@have" };
    }
    my $text = python($want);
    return if !defined $text;
    my $have = $item->{ { guid => 'id', description => 'summary' }->{$field} // $field };
    return { ok => same($text, $have), want => $text, have => $have // 'null' };
}

# ---- feedparser ----

# What we do otherwise, and why: what must be in the document or the difference.
my @feedparser = (
    [qr{<!DOCTYPE},                          'a document type declaration is refused'],
    [qr{<CHANNEL\b},                         'CDF is not read: nobody publishes it any more'],
    [qr{<itunes:|<media:},                   'of foreign namespaces nothing is kept'],
    [qr{<description>.*<summary>}s,          'where an entry has both, the summary is the shorter'],
    [qr{Can Your Regex Parse This},          'of broken HTML we keep more text; it is text, so nothing runs'],
    [qr{'''<},                               'the expectation is in triple quotes, which this test does not read'],
);

sub explained {
    my ($body, $field, $want, $have) = @_;
    for (@feedparser) { return $_->[1] if $body =~ $_->[0] }
    return "an Atom id is compared as it stands (RFC 4287, 4.2.6.1), whatever xml:base says" if $field eq 'id' && $body =~ /xml:base=/;
    return 'only http and https are links, and only absolute ones' if $field eq 'link' && $have eq 'null' && $want !~ m{\Ahttps?://[^\s/?#]}i;
    return;
}

sub feedparser {
    my ($agree, $explained, @differ, %why) = (0, 0);
    my @file = files("$root/feedparser", qr/\.xml\z/);
    my $all = check_files(@file);
    for my $file (@file) {
        my $body = slurp($file);
        my ($expect) = $body =~ /Expect:\s*(.*?)\s*\n/ or next;
        next if $body =~ /^\s*Header:\s*Content-(?:Location|Type)/mi;    # of HTTP, which is not there
        my @part = $expect =~ /entries\[(\d+)\]\[['"](title|link|id|guid|summary|description|published_parsed|updated_parsed|created_parsed)(?:_detail['"]\]\[['"]value)?['"]\] == (u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|\([\d, ]+\))/g;
        next if !@part;
        my $found = $all->{$file};
        while (my ($n, $field, $want) = splice @part, 0, 3) {
            my $r = compare($field, $want, $found->{items}[$n] // {}) or next;
            if ($r->{ok}) { $agree++; next }
            my $why = explained($body, $field, $r->{want}, $r->{have});
            if ($why) { $explained++; $why{$why}++; next }
            push @differ, "$file: $field: wanted $r->{want}, have $r->{have}" . ($found->{refused} ? " (refused: $found->{refused})" : '');
        }
    }
    return ($agree, $explained, \@differ, \%why);
}

sub report {
    my ($name, $agree, $explained, $differ, $why) = @_;
    my $all = $agree + $explained + @$differ;
    diag sprintf '%s: %d of %d comparisons agree (%.1f %%), %d differ for a reason, %d without', $name, $agree, $all, 100 * $agree / ($all || 1), $explained, scalar @$differ;
    diag "  $why->{$_}: $_" for sort keys %$why;
    cmp_ok($agree, '>=', 0.95 * $all, "$name agrees in at least 95 of 100");
    ok(!@$differ, "$name: every difference is explained") or diag(join "\n", @$differ);
    return;
}

SKIP: {
    skip 'no feedparser here', 2 if !files("$root/feedparser", qr/\.xml\z/);
    report('feedparser', feedparser());
}

# ---- feedvalidator: which documents are feeds, and which dates are dates ----

my $date = qr/\AValid(?:RFC2822|W3CDTF|RFC3339)Date\{/;
my $stamp = qr/element:(?:pubDate|date|published|updated|issued|modified)\b/;

my %feedvalidator = (
    'feed_copyright_is_inline_2'        => 'the case itself is not well-formed, by mistake',
    'missing_namespace'                 => 'a prefix that is not declared is read as the customary one',
    'missing_namespace2'                => 'a prefix that is not declared is read as the customary one',
    'invalid_namespace_prefix_attribute' => 'a prefix that is not declared is read as the customary one',
    'amp-hex-name'                      => 'the case has &#26;, a character that XML forbids',
);

# What it says of a document that concerns us: what we should have found, and
# whether we did. Empty for rules about other things.
sub ruled {
    my ($expect, $found) = @_;
    return ('not well-formed', $found->{refused} || grep { /not well-formed|no character|encoding/ } @{ $found->{notes} })
        if $expect =~ /\ASAXError/;
    return ('a date', scalar grep { defined $_->{published} || defined $_->{updated} } @{ $found->{items} })
        if $expect =~ $date && $expect =~ $stamp && $expect =~ /parent:(?:item|entry)\b/;
    return ('read', !$found->{refused} && !grep { /not well-formed/ } @{ $found->{notes} })
        if $expect =~ /\A(?:!|Valid)/;
    return;
}

sub feedvalidator {
    my ($agree, $explained, @differ, %why) = (0, 0);
    my @file = files("$root/feedvalidator", qr/\.xml\z/);
    my $all = check_files(@file);
    for my $file (@file) {
        my $body = slurp($file);
        my ($expect) = $body =~ /Expect:\s*(!?\w+(?:\{.*?\})?)/ or next;
        (my $rest = $body) =~ s/<!--.*?-->|<\?.*?\?>//gs;
        next if $rest !~ /\A\s*<(?:\w+:)?(?:rss|RDF|feed)\b/;    # KML, OPML, services, CDF
        my $found = $all->{$file};
        my ($want, $ok) = ruled($expect, $found) or next;
        if ($ok) { $agree++; next }
        my ($case) = $file =~ m{([^/]+)\.xml\z};
        my $why = $body =~ /<!DOCTYPE/ ? 'a document type declaration is refused' : $feedvalidator{$case};
        if ($why) { $explained++; $why{$why}++; next }
        push @differ, "$file: $expect: wanted $want; " . join(', ', @{ $found->{lines} });
    }
    return ($agree, $explained, \@differ, \%why);
}

SKIP: {
    skip 'no feedvalidator here', 2 if !files("$root/feedvalidator", qr/\.xml\z/);
    report('feedvalidator', feedvalidator());
}

# ---- gofeed: a JSON file beside each document ----

# The fields that its parsers and its translator name.
sub gofeed_fields {
    my ($e) = @_;
    my $guid = $e->{guid} // $e->{id};
    my ($link) = $e->{link} // (map { $_->{href} } grep { ($_->{rel} // 'alternate') eq 'alternate' } @{ $e->{links} // [] });
    return (title => $e->{title}, id => ref $guid ? $guid->{value} : $guid, link => ref $link ? undef : $link,
        time => $e->{publishedParsed} // $e->{pubDateParsed} // $e->{updatedParsed});
}

sub gofeed_same {
    my ($name, $want, $have) = @_;
    return same($want, $have->{$name}) if $name ne 'time';
    return scalar grep { defined && substr($_, 0, 19) eq substr($want, 0, 19) } @$have{qw(published updated)};
}

sub gofeed {
    my ($agree, $explained, @differ, %why) = (0, 0);
    my $json = JSON::PP->new->utf8;
    my @file = files("$root/gofeed", qr/\.xml\z/);
    my $all = check_files(@file);
    for my $file (@file) {
        (my $answer = $file) =~ s/xml\z/json/;
        my $want = -f $answer ? eval { $json->decode(slurp($answer)) } : undef;
        my @want = ref $want eq 'HASH' ? @{ $want->{items} // $want->{entries} // [] } : ();
        my $body = slurp($file);
        my $found = @want ? $all->{$file} : next;
        for my $i (0 .. $#want) {
            my %field = gofeed_fields($want[$i]);
            my $have = $found->{items}[$i] // {};
            for my $name (grep { defined $field{$_} && $field{$_} ne '' } sort keys %field) {
                if (gofeed_same($name, $field{$name}, $have)) { $agree++; next }
                my $why = explained($body, $name, $field{$name}, $have->{$name} // 'null');
                if ($why) { $explained++; $why{$why}++; next }
                push @differ, "$file: $name: wanted $field{$name}, have " . ($have->{$name} // 'null') . ($found->{refused} // '');
            }
        }
    }
    return ($agree, $explained, \@differ, \%why);
}

SKIP: {
    skip 'no gofeed here', 2 if !files("$root/gofeed", qr/\.json\z/);
    report('gofeed', gofeed());
}
done_testing;
