package Tomozuna::Statements;

# The declared statements of a .sql file, and whether an account may run one: it
# is prepared, which asks for every right and changes nothing.

use strict;
use warnings;
use utf8;
use Encode ();
use File::Temp ();
use Exporter 'import';
use Tomozuna::Test;

our @EXPORT = qw(statements refusals);

# NAME => the statement with `?` for each :parameter, as the server sees it.
sub statements {
    my ($file) = @_;
    my (%found, $name, $text);
    for my $line (split /\n/, slurp($file)) {
        if ($line =~ /\A--!\s*(one|many|exec1?)\s/) {
            my @word = split ' ', $line =~ s/\(.*//r;
            $name = $word[-1];
            $text = '';
        }
        next if !defined $name || $line =~ /\A\s*--/;
        $text .= "$line\n";
        next if $line !~ /;\s*\z/;
        $found{$name} = plain($text);
        undef $name;
    }
    return \%found;
}

# Without the last `;`; parameters inside quotes are none.
sub plain {
    my ($text) = @_;
    $text =~ s/;\s*\z//;
    return join '', map { /\A'/ ? $_ : s/(?<![:\w]):[a-z_][a-z0-9_]*/?/gr } split /('(?:[^'\\]|\\.)*')/, $text;
}

# The server's error numbers, one a statement: '' where it may be run.
sub refusals {
    my ($account, @sql) = @_;
    my $script = File::Temp->new;
    binmode $script;
    print {$script} map { "SET \@s = CONVERT(X'" . unpack('H*', Encode::encode('UTF-8', $_))
        . "' USING utf8mb4); PREPARE s FROM \@s;\n" } @sql;
    close $script;
    my $secret = File::Temp->new;
    (my $password = slurp(demo('CREDENTIALS') . "/$account-db-password")) =~ s/\s+\z//;
    print {$secret} "[client]\npassword=$password\n";
    close $secret;
    my $said = `mariadb --defaults-file=$secret --socket=@{[demo('DB_SOCKET')]} --user=tomozuna_$account --force @{[demo('DB_NAME')]} <$script 2>&1`;
    my @number = ('') x @sql;
    while ($said =~ /^ERROR (\d+) \([^)]*\)(?: at line (\d+))?/mg) {
        return map { $1 } @sql if !$2;      # no connection at all
        $number[$2 - 1] ||= $1;
    }
    return @number;
}

1;
