package Smpp;

# SMPP 3.4 as bytes: PDUs, their fields, optional parameters, and the two
# alphabets a message can use. Knows nothing of sockets. Section numbers are
# those of "Short Message Peer to Peer Protocol Specification v3.4", issue 1.2.

use strict;
use warnings;
use Encode ();
use Exporter 'import';

our @EXPORT_OK = qw(%STATUS %COMMAND %COMMAND_NAME %STATE RESPONSE
    pdu parse_fields parse_tlvs tlv cstring read_udh decode_text encode_parts);

use constant RESPONSE => 0x80000000;

# 5.1.2.1
our %COMMAND = (
    generic_nack => 0x80000000, bind_receiver => 1, bind_transmitter => 2,
    submit_sm => 4, deliver_sm => 5, unbind => 6, bind_transceiver => 9,
    enquire_link => 0x15,
);
our %COMMAND_NAME = reverse %COMMAND;

# 5.1.3
our %STATUS = (
    ESME_ROK => 0x00, ESME_RINVMSGLEN => 0x01, ESME_RINVCMDLEN => 0x02,
    ESME_RINVCMDID => 0x03, ESME_RINVBNDSTS => 0x04, ESME_RALYBND => 0x05,
    ESME_RINVPRTFLG => 0x06, ESME_RINVREGDLVFLG => 0x07, ESME_RSYSERR => 0x08,
    ESME_RINVSRCADR => 0x0A, ESME_RINVDSTADR => 0x0B, ESME_RBINDFAIL => 0x0D,
    ESME_RINVPASWD => 0x0E, ESME_RINVSYSID => 0x0F, ESME_RMSGQFUL => 0x14,
    ESME_RINVSERTYP => 0x15, ESME_RINVESMCLASS => 0x43, ESME_RSUBMITFAIL => 0x45,
    ESME_RINVSRCTON => 0x48, ESME_RINVSRCNPI => 0x49, ESME_RINVDSTTON => 0x50,
    ESME_RINVDSTNPI => 0x51, ESME_RINVSYSTYP => 0x53, ESME_RINVREPFLAG => 0x54,
    ESME_RTHROTTLED => 0x58, ESME_RINVSCHED => 0x61, ESME_RINVEXPIRY => 0x62,
    ESME_RINVDFTMSGID => 0x63, ESME_RINVOPTPARSTREAM => 0xC0,
    ESME_ROPTPARNOTALLWD => 0xC1, ESME_RINVPARLEN => 0xC2,
);

# 5.2.28: the word in a receipt and the value of message_state.
our %STATE = (
    ENROUTE => 1, DELIVRD => 2, EXPIRED => 3, DELETED => 4, UNDELIV => 5,
    ACCEPTD => 6, UNKNOWN => 7, REJECTD => 8,
);

# Fields in the order of the document: name, then the largest size of a
# C-string with its NUL and the status that says it is wrong, or 1 octet.
my @ADDRESS = ([source_addr_ton => 'octet'], [source_addr_npi => 'octet'],
    [source_addr => 21, 'ESME_RINVSRCADR'],
    [dest_addr_ton => 'octet'], [dest_addr_npi => 'octet'],
    [destination_addr => 21, 'ESME_RINVDSTADR']);
my @BIND = ([system_id => 16, 'ESME_RINVSYSID'], [password => 9, 'ESME_RINVPASWD'],
    [system_type => 13, 'ESME_RINVSYSTYP'], [interface_version => 'octet'],
    [addr_ton => 'octet'], [addr_npi => 'octet'], [address_range => 41, 'ESME_RBINDFAIL']);
my %FIELDS = (                                            # 4.1, 4.4.1
    bind_receiver => \@BIND, bind_transmitter => \@BIND, bind_transceiver => \@BIND,
    unbind => [], enquire_link => [],
    submit_sm => [[service_type => 6, 'ESME_RINVSERTYP'], @ADDRESS,
        map({ [$_ => 'octet'] } qw(esm_class protocol_id priority_flag)),
        [schedule_delivery_time => 17, 'ESME_RINVSCHED'],
        [validity_period => 17, 'ESME_RINVEXPIRY'],
        map({ [$_ => 'octet'] } qw(registered_delivery replace_if_present_flag
            data_coding sm_default_msg_id)),
        [short_message => 'counted']],
);

sub pdu {
    my ($command, $status, $sequence, $body) = @_;
    return pack('N4', 16 + length $body, $command, $status, $sequence) . $body;
}

sub cstring { return $_[0] . "\0" }

sub tlv {
    my ($tag, $value) = @_;
    return pack 'n n/a', $tag, $value;
}

# Reads the mandatory fields of a body; dies with a status name when it cannot.
# Returns the fields and what is left: the optional parameters.
sub parse_fields {
    my ($name, $body) = @_;
    my %field;
    for my $spec (@{ $FIELDS{$name} }) {
        my ($key, $kind, $status) = @$spec;
        $field{$key} = $kind eq 'octet' ? take_octet(\$body)
            : $kind eq 'counted' ? take_counted(\$body)
            : take_cstring(\$body, $kind, $status);
    }
    return (\%field, $body);
}

sub take_octet {
    my ($body) = @_;
    die "ESME_RINVCMDLEN\n" if $$body eq '';
    return ord substr $$body, 0, 1, '';
}

sub take_counted {
    my ($body) = @_;
    my $length = take_octet($body);
    die "ESME_RINVMSGLEN\n" if $length > 254;
    die "ESME_RINVCMDLEN\n" if $length > length $$body;
    return substr $$body, 0, $length, '';
}

sub take_cstring {
    my ($body, $size, $status) = @_;
    my $nul = index $$body, "\0";
    die "ESME_RINVCMDLEN\n" if $nul < 0 && length $$body < $size;
    die "$status\n" if $nul < 0 || $nul >= $size;
    my $value = substr $$body, 0, $nul + 1, '';
    chop $value;
    die "$status\n" if $value =~ /[^\x20-\x7E]/;
    return $value;
}

# 3.2.4.1: unknown tags are read over, a stream that does not add up is not.
sub parse_tlvs {
    my ($rest) = @_;
    my %tlv;
    while ($rest ne '') {
        die "ESME_RINVOPTPARSTREAM\n" if length $rest < 4;
        my ($tag, $length) = unpack 'n2', substr $rest, 0, 4, '';
        die "ESME_RINVOPTPARSTREAM\n" if $length > length $rest;
        $tlv{$tag} = substr $rest, 0, $length, '';
    }
    return \%tlv;
}

# 3GPP TS 23.040, 9.2.3.24: takes the user data header off a short message.
# Returns the reference (tagged with its width), total and number.
sub read_udh {
    my ($message) = @_;
    my $length = ord(substr $$message, 0, 1, '');
    die "ESME_RINVMSGLEN\n" if $length > length $$message;
    my $udh = substr $$message, 0, $length, '';
    my @part;
    while ($udh ne '') {
        die "ESME_RINVMSGLEN\n" if length $udh < 2;
        my ($tag, $size) = unpack 'C2', substr $udh, 0, 2, '';
        die "ESME_RINVMSGLEN\n" if $size > length $udh;
        my $value = substr $udh, 0, $size, '';
        @part = concatenation($tag, $value) if $tag == 0x00 || $tag == 0x08;
    }
    die "ESME_RSUBMITFAIL\n" if !@part;
    return @part;
}

sub concatenation {
    my ($tag, $value) = @_;
    die "ESME_RINVMSGLEN\n" if length $value != ($tag ? 4 : 3);
    my ($reference, $total, $number) = unpack $tag ? 'n C2' : 'C3', $value;
    die "ESME_RSUBMITFAIL\n" if $number < 1 || $number > $total;
    return (($tag ? 16 : 8) . "/$reference", $total, $number);
}

# 3GPP TS 23.038, 6.2.1: the default alphabet, one septet an octet, and its extension.
my @GSM = split //, Encode::decode('UTF-8', '@£$¥èéùìòÇ' . "\n" . 'Øø' . "\r" . 'ÅåΔ_ΦΓΛΩΠΨΣΘΞ' . "\e"
    . 'ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§'
    . '¿abcdefghijklmnopqrstuvwxyzäöñüà');
my %EXTENSION = (0x0A => "\f", 0x14 => '^', 0x28 => '{', 0x29 => '}', 0x2F => '\\',
    0x3C => '[', 0x3D => '~', 0x3E => ']', 0x40 => '|', 0x65 => "\x{20AC}");

# The text of a whole message (all its parts joined); undef when the octets
# are none of the alphabet's.
sub decode_text {
    my ($data_coding, $octets) = @_;
    return eval { Encode::decode('UTF-16BE', $octets, Encode::FB_CROAK) } if $data_coding == 8;
    return undef if $octets =~ /[\x80-\xFF]|\x1B\z/;
    return undef if $octets =~ /\x1B(.)/s && !exists $EXTENSION{ ord $1 };
    $octets =~ s/\x1B(.)|(.)/defined $1 ? $EXTENSION{ ord $1 } : $GSM[ord $2]/ges;
    return $octets;
}

# A text as a phone sends it: its data coding, and the parts, with a header where
# there are several: 160 and 153 septets, 70 and 67 of UCS-2.
sub encode_parts {
    my ($text, $reference) = @_;
    my %septet = ((map { $GSM[$_] => chr } 0 .. 0x7F), map { $EXTENSION{$_} => "\x1B" . chr } keys %EXTENSION);
    my $gsm = !grep { !exists $septet{$_} } split //, $text;
    my $octets = $gsm ? join('', map { $septet{$_} } split //, $text) : Encode::encode('UTF-16BE', $text);
    my ($whole, $room) = $gsm ? (160, 153) : (140, 134);
    return ($gsm ? 0 : 8, $octets) if length $octets <= $whole;
    my @part = unpack "(a$room)*", $octets;
    return ($gsm ? 0 : 8, map { pack('C6', 5, 0, 3, $reference, scalar @part, $_ + 1) . $part[$_] } 0 .. $#part);
}

1;
