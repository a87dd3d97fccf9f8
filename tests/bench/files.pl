#!/usr/bin/perl
# Photos and films of the bench.
#
#   files.pl make FOLDER URL ORIGIN    uploads some; FOLDER/files says where they are,
#                                      FOLDER/upload is a body for the load tool
#   files.pl films FOLDER URL          two films of 10 MB at a time, until it is ended
#   files.pl start FOLDER URL          ms until a film's first 256 KiB are there
use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;
use Time::HiRes 'time';
use Tomozuna::Picture;

use constant { PHOTO => 400_000, FILM => 10_000_000, PHOTOS => 20, STARTS => 41, FIRST => 262_144 };

my ($act, $folder, $url, $origin) = @ARGV;
my $http = HTTP::Tiny->new(timeout => 30);
my %do = (make => \&make, films => \&films, start => \&start);
($do{ $act // '' } // die "files.pl make|films|start FOLDER URL [ORIGIN]\n")->();

sub body {
    my ($name, $bytes) = @_;
    return "--bench\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nphoto\r\n"
        . "--bench\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"$name\"\r\n\r\n$bytes\r\n--bench--\r\n";
}

sub head { my ($cookie, $device) = @_; return (cookie => "__Host-tomozuna=$cookie", 'bench-device' => $device) }

# Where the file of a new entry is.
sub upload {
    my ($cookie, $device, $patient, $body) = @_;
    my $made = $http->post("$url/timeline/$patient", { content => $body, headers => { head($cookie, $device), origin => $origin,
        accept => 'application/json', 'content-type' => 'multipart/form-data; boundary=bench' } });
    die "upload: $made->{status} $made->{content}\n" if $made->{status} != 201;
    my $id = decode_json($made->{content})->{id};
    my $page = $http->get("$url/timeline/$patient", { headers => { head($cookie, $device), accept => 'application/json' } });
    my ($entry) = grep { $_->{id} eq $id } @{ decode_json($page->{content})->{entries} };
    return "/timeline/$patient/$id/files/$entry->{attachments}[0]{id}";
}

sub make {
    open my $in, '<', "$folder/sessions" or die "$folder/sessions: $!\n";
    open my $out, '>', "$folder/files" or die "$folder/files: $!\n";
    open my $upload, '>:raw', "$folder/upload" or die "$folder/upload: $!\n";
    my $photo = body('photo.jpg', jpeg(scan => PHOTO));
    print {$upload} $photo;
    my $film = body('film.mp4', mp4(FILM));
    for my $n (1 .. PHOTOS) {
        chomp(my $line = <$in> // last);
        my ($cookie, $device, $patients) = split /\t/, $line;
        my ($patient) = split /,/, $patients;
        print {$out} join("\t", 'photo', $cookie, $device, upload($cookie, $device, $patient, $photo)), "\n";
        print {$out} join("\t", 'film', $cookie, $device, upload($cookie, $device, $patient, $film)), "\n" if $n <= 2;
    }
    close $_ or die for $out, $upload;
    return;
}

sub film_paths {
    open my $in, '<', "$folder/files" or die "$folder/files: $!\n";
    return map { chomp; [split /\t/] } grep { /\Afilm\t/ } <$in>;
}

sub films {
    my @pid = map { my $film = $_; my $pid = fork // die; $pid || watch($film) } film_paths();
    $SIG{TERM} = sub { kill 'TERM', @pid; exit 0 };
    waitpid $_, 0 for @pid;
    return;
}

sub watch {
    my (undef, $cookie, $device, $path) = @{ $_[0] };
    $http->get("$url$path", { headers => { head($cookie, $device), range => 'bytes=0-' }, data_callback => sub { } }) while 1;
    return;
}

sub start {
    my ($film) = film_paths();
    my (undef, $cookie, $device, $path) = @$film;
    my @took = sort { $a <=> $b } map {
        my ($began, $got, $ms) = (time, 0);
        eval {
            $http->get("$url$path", { headers => { head($cookie, $device), range => 'bytes=0-' }, data_callback => sub {
                $got += length $_[0];
                if ($got >= FIRST) { $ms = 1000 * (time - $began); die "enough\n" }
            } });
        };
        $ms // die "video.start: $got bytes\n";
    } 1 .. STARTS;
    printf "video.start ms %.1f\n", $took[ $#took / 2 ];
    printf "video.start.worst ms %.1f\n", $took[-1];
    return;
}
