package Tomozuna::Pdf;

# A PDF of a test's own: pages of text, or pages of one grey picture each.

use strict;
use warnings;
use utf8;
use Encode ();
use Exporter 'import';

our @EXPORT = qw(pdf_of_text pdf_of_pictures);

sub document {
    my ($page) = @_;            # [resources, content, [object ...]] each
    my (@object, @kid);
    my $add = sub { push @object, $_[0]; return @object + 2 };
    for my $p (@$page) {
        my @own = map { $add->($_) } @{ $p->[2] };
        my $content = $add->('<< /Length ' . length($p->[1]) . " >>\nstream\n$p->[1]\nendstream");
        my $resources = $p->[0] =~ s/OBJECT/@own ? "$own[0] 0 R" : ''/er;
        push @kid, $add->("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << $resources >> /Contents $content 0 R >>");
    }
    unshift @object, '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count ' . @kid . ' /Kids [' . join(' ', map { "$_ 0 R" } @kid) . '] >>';
    my ($out, @at) = ("%PDF-1.4\n");
    for my $n (1 .. @object) {
        push @at, length $out;
        $out .= "$n 0 obj\n$object[$n - 1]\nendobj\n";
    }
    my $xref = length $out;
    return $out . "xref\n0 " . (@object + 1) . "\n0000000000 65535 f \n" . join('', map { sprintf "%010d 00000 n \n", $_ } @at)
        . 'trailer << /Size ' . (@object + 1) . " /Root 1 0 R >>\nstartxref\n$xref\n%%EOF\n";
}

# A page a text, in the Japanese font that every reader has to have.
sub pdf_of_text {
    my (@text) = @_;
    my $font = '<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light'
        . ' /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >> >>] >>';
    return document([map { ['/Font << /F OBJECT >>', 'BT /F 20 Tf 60 760 Td <' . unpack('H*', Encode::encode('UTF-16BE', $_)) . '> Tj ET', [$font]] } @text]);
}

# So many pages, each a picture of width times height bytes.
sub pdf_of_pictures {
    my ($pages, $width, $height) = @_;
    my $row = join '', map { chr(128 + 100 * sin($_ / 9)) } 1 .. $width;
    my $grey = join '', map { substr($row, $_ % 40) . substr($row, 0, $_ % 40) } 1 .. $height;
    my $image = "<< /Type /XObject /Subtype /Image /Width $width /Height $height /ColorSpace /DeviceGray /BitsPerComponent 8 /Length " . length($grey) . " >>\nstream\n$grey\nendstream";
    return document([map { ['/XObject << /I OBJECT >>', 'q 595 0 0 842 0 0 cm /I Do Q', [$image]] } 1 .. $pages]);
}

1;
