package Tomozuna::Nginx;

# nginx's settings as a tree, and a second nginx on the demo's own settings.

use strict;
use warnings;
use File::Temp ();
use Tomozuna::Test;

# A block is [[WORD ...], [BLOCK ...] or undef]; comments are gone.
sub parse {
    my ($text) = @_;
    my @stack = ([]);
    my @word;
    while ($text =~ /\G\s*(?:#[^\n]*\n|([;{}])|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:\$\{|[^\s;{}])+))/gc) {
        my $quoted = $2 // $3 // $4;
        if (defined $quoted) { push @word, $quoted }
        elsif (!defined $1) { next }
        elsif ($1 eq ';') { push @{ $stack[-1] }, [[@word], undef]; @word = () }
        elsif ($1 eq '{') { my $in = []; push @{ $stack[-1] }, [[@word], $in]; push @stack, $in; @word = () }
        else { pop @stack }
    }
    die "unbalanced braces\n" if @stack != 1;
    return $stack[0];
}

# Blocks of that name anywhere below, each with the servers and blocks around it.
sub find {
    my ($tree, $name, @around) = @_;
    my @found;
    for my $block (@$tree) {
        push @found, { words => $block->[0], inside => $block->[1], around => [@around] } if $block->[0][0] eq $name;
        push @found, find($block->[1], $name, @around, $block) if $block->[1];
    }
    return @found;
}

# All that stands directly in a block: name => [[words] ...].
sub directives {
    my ($inside) = @_;
    my %all;
    push @{ $all{ $_->[0][0] } }, [@{ $_->[0] }[1 .. $#{ $_->[0] }]] for grep { !$_->[1] } @$inside;
    return \%all;
}

# The demo's settings, whole, as nginx itself reads them.
sub settings {
    my $conf = demo('CONF') . '/nginx/nginx.conf';
    my $folder = File::Temp->newdir;
    my $text = '';
    open my $out, '-|', 'env', "PATH=$ENV{PATH}:/usr/sbin", 'nginx', '-T', '-q', '-p', "$folder/",
        '-e', '/dev/null', '-c', $conf or die "nginx: $!\n";
    while (<$out>) { $text .= $_ }
    close $out or die "nginx -T failed\n";
    return includes($text);
}

# nginx -T prints each file once, under its name: put them where they are named.
sub includes {
    my ($text) = @_;
    my (%file, @order);
    for my $part (split /^# configuration file /m, $text) {
        my ($name, $rest) = $part =~ /\A([^\n]+):\n(.*)\z/s or next;
        $file{$name} = $rest;
        push @order, $name;
    }
    return expand(parse($file{ $order[0] }), \%file);
}

sub expand {
    my ($tree, $file) = @_;
    my @out;
    for my $block (@$tree) {
        if ($block->[0][0] ne 'include') {
            push @out, [$block->[0], $block->[1] && expand($block->[1], $file)];
            next;
        }
        my $glob = join '[^/]*', map { quotemeta } split /\*/, $block->[0][1], -1;
        push @out, @{ expand(parse($file->{$_}), $file) } for sort grep { /\A$glob\z/ } keys %$file;
    }
    return \@out;
}

# The demo's settings on other ports with an echo program behind /echo at every
# door. Returns { stop, professional, open, loopback (URLs), folder }.
sub start_copy {
    my ($answer) = @_;
    require Tomozuna::Fcgi;
    my $folder = File::Temp->newdir('nginxXXXXX', TMPDIR => 1);
    chmod 0711, $folder;
    my $conf = demo('CONF') . '/nginx';
    my $port = demo('PORT');
    system('cp', '-r', $conf, "$folder/conf") == 0 or die "cp failed\n";
    mkdir "$folder/$_" or die "$folder/$_: $!\n" for qw(body fastcgi);
    if ($> == 0) { chown((getpwnam 'www-data')[2, 3], "$folder/$_") for qw(body fastcgi) }
    my %new = map { $_ => free_port() } 0 .. 2;
    for my $file (glob("$folder/conf/*.conf"), glob("$folder/conf/*/*.conf")) {
        my $text = slurp($file);
        $text =~ s{\Q$conf\E}{$folder/conf}g;
        $text =~ s{(listen 127\.0\.0\.1:)(\d+)}{$1 . $new{ $2 - $port }}ge;
        $text =~ s{^(pid|error_log|access_log|client_body_temp_path|fastcgi_temp_path|\taccess_log|\tclient_body_temp_path|\tfastcgi_temp_path) \S*/}{$1 $folder/}gm;
        spew($file, $text);
    }
    spew("$folder/conf/$_/echo.conf",
        "location /echo {\n\tinclude $folder/conf/fastcgi.conf;\n\tfastcgi_pass unix:$folder/echo.sock;\n}\n")
        for qw(professional open loopback);
    my $echo = Tomozuna::Fcgi::serve("$folder/echo.sock", $answer);
    my $nginx = fork // die "fork: $!\n";
    if (!$nginx) {
        exec 'env', "PATH=$ENV{PATH}:/usr/sbin", 'setpriv', '--pdeathsig', 'TERM', 'nginx', '-p', "$folder/",
            '-e', "$folder/error.log", '-c', "$folder/conf/nginx.conf", '-g', 'daemon off;';
    }
    wait_for(sub { IO::Socket::INET->new(PeerAddr => "127.0.0.1:$new{0}") }, 10) or die "nginx did not start: " . slurp("$folder/error.log");
    return {
        folder => $folder, professional => "https://localhost:$new{0}", open => "https://localhost:$new{1}",
        loopback => "http://127.0.0.1:$new{2}",
        stop => sub { kill TERM => $_ and waitpid $_, 0 for $nginx, $echo },
    };
}

sub free_port {
    require IO::Socket::INET;
    my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 1) or die "no free port: $!\n";
    return $socket->sockport;
}

1;
