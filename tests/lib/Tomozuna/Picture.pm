package Tomozuna::Picture;

# Small pictures and films that say more than they show: where they were taken, by
# what, by whom. MARK is in each such place and nowhere else.

use strict;
use warnings;
use Exporter 'import';
use MIME::Base64 qw(decode_base64);

our @EXPORT = qw(jpeg png webp mp4 exif segments MARK);

use constant MARK => 'SECRET-PLACE';

my %plain;

# An EXIF block as a camera writes it: orientation, owner, place. `little` as most do.
sub exif {
    my ($orientation, $little) = @_;
    my ($s, $l) = $little ? ('v', 'V') : ('n', 'N');
    my $owner = MARK . "\0";
    my $at = 8 + 2 + 4 * 12 + 4;
    my $gps = $at + length $owner;
    my $tag = sub { pack("$s$s$l", @_[0 .. 2]) . $_[3] };
    return "Exif\0\0" . ($little ? "II*\0" : "MM\0*") . pack($l, 8) . pack($s, 4)
        . $tag->(0x010f, 2, length $owner, pack $l, $at)
        . $tag->(0x0112, 3, 1, pack "$s$s", $orientation, 0)
        . $tag->(0x8298, 2, length $owner, pack $l, $at)
        . $tag->(0x8825, 4, 1, pack $l, $gps)
        . pack($l, 0) . $owner
        . pack($s, 2) . $tag->(1, 2, 2, "N\0\0\0") . $tag->(2, 5, 3, pack $l, $gps + 30) . pack($l, 0)
        . pack("$l*", 35, 1, 41, 1, 22, 1);
}

sub segment { return "\xff" . chr($_[0]) . pack('n', 2 + length $_[1]) . $_[1] }

# A JPEG; orientation => 1 to 8, little => 1, said => 0 (nothing besides),
# pad => bytes of a comment, scan => bytes that count as pictures, tail => bytes behind
# its end.
sub jpeg {
    my (%o) = @_;
    my $bytes = $plain{jpeg};
    substr $bytes, -2, 0, join '', map { chr(($_ * 2654435761 >> 24) % 255) } 1 .. $o{scan} // 0;
    my $said = $o{said} // 1 ? segment(0xe1, exif($o{orientation} // 6, $o{little}))
        . segment(0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" . MARK . '</x:xmpmeta>')
        . segment(0xed, "Photoshop 3.0\0" . MARK) . segment(0xe2, "MPF\0" . MARK) . segment(0xfe, MARK) : '';
    substr $bytes, 20, 0, $said . join '', map { segment(0xfe, 'x' x 60_000) } 1 .. ($o{pad} // 0) / 60_000;
    return $bytes . ($o{tail} // '');
}

# The markers of a JPEG up to its scan, in order: "e1", "db".
sub segments {
    my ($bytes) = @_;
    my ($at, @found) = (2);
    while ($at + 4 <= length $bytes) {
        my ($ff, $marker, $n) = unpack 'CCn', substr $bytes, $at, 4;
        push @found, sprintf '%02x', $marker;
        last if $ff != 0xff || $marker == 0xda;
        $at += 2 + $n;
    }
    return @found;
}

sub png_chunk {
    my ($type, $data) = @_;
    require Compress::Zlib;
    return pack('N', length $data) . $type . $data . pack 'N', Compress::Zlib::crc32($type . $data);
}

sub png {
    my (%o) = @_;
    my $bytes = $plain{png};
    substr $bytes, 33, 0, png_chunk(tEXt => "Comment\0" . MARK) . png_chunk(eXIf => substr exif(6), 6)
        . png_chunk(iTXt => "XML:com.adobe.xmp\0\0\0\0\0" . MARK) . png_chunk(tIME => pack 'nC5', 2026, 1, 2, 3, 4, 5)
        if $o{said} // 1;
    return $bytes . ($o{tail} // '');
}

sub webp_chunk { return $_[0] . pack('V', length $_[1]) . $_[1] . (length($_[1]) % 2 ? "\0" : '') }

sub webp {
    my (%o) = @_;
    my $bytes = substr $plain{webp}, 12;
    if ($o{said} // 1) {
        substr($bytes, 8, 1) = chr(ord(substr $bytes, 8, 1) | 0x0c);
        $bytes .= webp_chunk(EXIF => exif(6)) . webp_chunk('XMP ' => MARK);
    }
    return 'RIFF' . pack('V', 4 + length $bytes) . 'WEBP' . $bytes . ($o{tail} // '');
}

sub box { return pack('N', 8 + length $_[1]) . $_[0] . $_[1] }

# A film of so many bytes, its pictures noise; long => 1 writes their size in 64 bits.
sub mp4 {
    my ($bytes, %o) = @_;
    my $said = box(udta => box("\xa9xyz" => MARK));
    my $head = box(ftyp => 'isom' . pack('N', 512) . 'isomiso2mp41')
        . box(moov => box(mvhd => "\0" x 100) . box(trak => box(tkhd => "\0" x 84) . $said . box(meta => MARK)) . $said)
        . box(uuid => 'x' x 16 . MARK);
    my $room = $bytes - length($head) - 16;
    my $noise = $o{noise} // join '', map { pack 'N', ($_ * 2654435761) & 0xffffffff } 1 .. $room / 4 + 1;
    return $head . pack('N', 1) . 'mdat' . pack('Q>', $room + 16) . substr $noise, 0, $room;
}

$plain{jpeg} = decode_base64(<<'END');
/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh
Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB
UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA
AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y
WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM
ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0o
OjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2Nj
Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAMF
/8QAFxABAAMAAAAAAAAAAAAAAAAAAARCgf/EABUBAQEAAAAAAAAAAAAAAAAAAAUD/8QAHREAAQMFAQAAAAAAAAAAAAAAAAIDEQEE
EhNh4f/aAAwDAQACEQMRAD8AwV4tsXFn7/c3VGMT3wUZstS6LymOAAaIH//Z
END
$plain{png} = decode_base64(<<'END');
iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAYAAAAMJL+VAAAARUlEQVR4AezRsQkAMAgEQHGlHyozZSd30l4L+cLuA19EROF0IJJJ
AMnE7fhpwQosop3o2zMm68TWoBs0kPkV0TRplXOiAgAA//+1l9CtAAAABklEQVQDAJDQQLnEb/vXAAAAAElFTkSuQmCC
END
$plain{webp} = decode_base64(<<'END');
UklGRjACAABXRUJQVlA4WAoAAAAgAAAAFwAADwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh
Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB
UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA
AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y
WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM
ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggQgAAALACAJ0BKhgAEAA+0VSjS6gkoyGwCAEA
GglAABCBgAD+6QyuhDBciSR///EOUfyjn8m+5AL6HnbZD/4N/9bei94AAA==
END

1;
