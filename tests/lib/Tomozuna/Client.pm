package Tomozuna::Client;

# A browser without eyes: one device, one door, one cookie jar. Requests ask for
# JSON unless they say otherwise; a change carries the door's Origin, as a browser
# would. Redirections are not followed. Each request returns a Tomozuna::Answer.

use strict;
use warnings;
use utf8;
use Encode ();
use HTTP::Tiny;
use IO::Socket::SSL;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

# HTTP::Tiny writes head and body apart; without this each POST waits 40 ms for
# the other side's delayed acknowledgement.
{
    no warnings 'redefine';
    my $connect = \&HTTP::Tiny::Handle::connect;
    *HTTP::Tiny::Handle::connect = sub {
        my $handle = $connect->(@_);
        setsockopt $handle->{fh}, IPPROTO_TCP, TCP_NODELAY, 1;
        return $handle;
    };
}

sub new {
    my ($class, %self) = @_;
    my %tls = (SSL_ca_file => $self{ca});
    @tls{qw(SSL_cert_file SSL_key_file)} = @self{qw(certificate key)} if $self{certificate};
    $tls{SSL_version} = $self{tls} if $self{tls};       # such as TLSv1_1
    $self{http} = HTTP::Tiny->new(verify_SSL => 1, max_redirect => 0, timeout => $self{timeout} // 30,
        SSL_options => \%tls, agent => 'tomozuna-test', keep_alive => $self{keep_alive} // 1);
    $self{cookie} = {};
    $self{headers} //= {};
    return bless \%self, $class;
}

# Signs in with login and password; the answer (303 when it went well) is kept in
# ->{signed_in} too.
sub sign_in {
    my ($self, %other) = @_;
    my $answer = $self->post_form('/sign-in',
        { login => $other{login} // $self->{name}, password => $other{password} // $self->{password} });
    $self->{signed_in} = $answer;
    return $answer;
}

sub sign_out { return $_[0]->post_form('/sign-out', {}) }
sub unlock { my ($self, $pin) = @_; return $self->post_form('/unlock', { pin => $pin // $self->{pin} }) }

# get(PATH, HEADER => VALUE ...); page() is the same as HTML.
sub get { my ($self, $path, %header) = @_; return $self->request('GET', $path, undef, %header) }

sub page {
    my ($self, $path, %header) = @_;
    return $self->get($path, accept => 'text/html', %header);
}

# A change as a script makes it: the answer is JSON, 201 or 204. Values may be
# lists: { tag => [1, 2] }.
sub post {
    my ($self, $path, $field, %header) = @_;
    return $self->request('POST', $path, form($field),
        'content-type' => 'application/x-www-form-urlencoded', %header);
}

# A change as a form makes it: the answer is a page or 303.
sub post_form {
    my ($self, $path, $field, %header) = @_;
    return $self->post($path, $field, accept => 'text/html', %header);
}

# A change with files: { body => 'text', attachment => [NAME, TYPE, BYTES] }; a
# list of such lists for several.
sub post_files {
    my ($self, $path, $field, %header) = @_;
    my $boundary = sprintf 'b%08x%08x', rand 2**32, rand 2**32;
    return $self->request('POST', $path, multipart($boundary, $field),
        'content-type' => "multipart/form-data; boundary=$boundary", %header);
}

# Anything: method, path, body as bytes, headers. A header of undef is left out,
# which takes away a default one.
sub request {
    my ($self, $method, $path, $content, %header) = @_;
    my %all = (accept => 'application/json', %{ $self->{headers} });
    $all{origin} = $self->{url} if $method ne 'GET';
    $all{cookie} = join '; ', map { "$_=$self->{cookie}{$_}" } sort keys %{ $self->{cookie} } if %{ $self->{cookie} };
    $all{ lc $_ } = $header{$_} for keys %header;
    delete $all{$_} for grep { !defined $all{$_} } keys %all;
    my $answer = $self->{http}->request($method, $self->{url} . $path,
        { headers => \%all, defined $content ? (content => $content) : () });
    $self->keep_cookies($answer);
    return bless $answer, 'Tomozuna::Answer';
}

sub keep_cookies {
    my ($self, $answer) = @_;
    my $set = $answer->{headers}{'set-cookie'} // return;
    for my $line (ref $set ? @$set : $set) {
        my ($name, $value) = $line =~ /\A([^=;]+)=([^;]*)/ or next;
        if ($value eq '' || $line =~ /;\s*Max-Age=0\b/i) { delete $self->{cookie}{$name} }
        else { $self->{cookie}{$name} = $value }
    }
    return;
}

sub form {
    my ($field) = @_;
    my @pair;
    for my $name (sort keys %$field) {
        push @pair, map { escape($name) . '=' . escape($_) }
            ref $field->{$name} ? @{ $field->{$name} } : $field->{$name} // '';
    }
    return join '&', @pair;
}

sub escape {
    my ($text) = @_;
    my $bytes = utf8::is_utf8($text) ? Encode::encode('UTF-8', $text) : "$text";
    $bytes =~ s/([^A-Za-z0-9._~-])/sprintf '%%%02X', ord $1/ge;
    return $bytes;
}

sub multipart {
    my ($boundary, $field) = @_;
    my $out = '';
    for my $name (sort keys %$field) {
        my $value = $field->{$name};
        my @part = !ref $value ? [undef, undef, $value] : ref $value->[0] ? @$value : $value;
        for my $part (@part) {
            my ($file, $type, $bytes) = @$part;
            $bytes = Encode::encode('UTF-8', $bytes) if utf8::is_utf8($bytes);
            $out .= "--$boundary\r\nContent-Disposition: form-data; name=\"$name\"";
            $out .= "; filename=\"" . Encode::encode('UTF-8', $file) . '"' if defined $file;
            $out .= "\r\nContent-Type: $type" if defined $type;
            $out .= "\r\n\r\n$bytes\r\n";
        }
    }
    return "$out--$boundary--\r\n";
}

package Tomozuna::Answer;

use strict;
use warnings;
use Encode ();
use JSON::PP ();

# 599 means that no answer came (refused, cut off, time-out); ->body says why.
sub status { return $_[0]{status} }
sub body { return $_[0]{content} // '' }
sub text { return Encode::decode('UTF-8', $_[0]->body) }
sub type { return ($_[0]->header('content-type') // '') =~ s/;.*//r }

# A header that came several times is one text, joined by ", ".
sub header {
    my ($self, $name) = @_;
    my $value = $self->{headers}{ lc $name };
    return ref $value ? join ', ', @$value : $value;
}

# The whole answer as Perl's data, or {} if it was no JSON.
sub json { return $_[0]{json} //= eval { JSON::PP::decode_json($_[0]->body) } // {} }

# The error's code, '' if there was none: is $answer->error, 'not_found'.
sub error {
    my $error = ref $_[0]->json eq 'HASH' ? $_[0]->json->{error} : undef;
    return ref $error eq 'HASH' ? $error->{code} // '' : '';
}

1;
