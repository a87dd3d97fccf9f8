package Teams;
# Who looks after whom. The first twelve patients are the five demo people's, the next
# eight the outsider's; the others belong to three further teams.
use strict;
use warnings;
use utf8;
use Exporter qw(import);
our @EXPORT_OK = qw(join_teams team_rows reader_keys author);

# In the order: doctor, deputy, nurse, pharmacist, care manager, helper, therapist, day service
my %TEAM = (
	A => [qw(doctor tadokoro2 nurse pharmacist caremanager helper mutsumi6 futaba)],
	B => [qw(hamabe2 hamabe3 outsider komorebi2 carenurse kodama2 nagisa6 umikaze)],
	C => [qw(sakurazaka2 sakurazaka3 yukiwari2 komorebi3 satsukidai3 kodama3 yukiwari6 umikaze)],
	D => [qw(tadokoro2 sakurazaka3 mutsumi2 aoba2 michishirube2 hidamari2 mutsumi7 futaba)],
	E => [qw(hamabe3 hamabe2 yukiwari3 komorebi4 michishirube3 kodama4 yukiwari6 umikaze)],
);
my %ROLE = (doctor => 'attending_physician', deputy => 'deputy_physician', nurse => 'visiting_nurse',
    pharmacist => 'pharmacist', caremanager => 'care_manager', helper => 'home_helper', therapist => 'therapist',
    day => 'day_service', dentist => 'dentist', officer => 'officer', away => 'stay');
my @ORDER = qw(doctor deputy nurse pharmacist caremanager helper therapist day dentist officer away);
# No stand-in: they have reasons to be found on their own patients only, or nowhere.
my %NEVER = map { $_ => 1 } qw(doctor nurse pharmacist caremanager helper outsider carenurse lost manager);

sub _letter
{
	my ($n) = @_;
	return $n <= 12 ? 'A' : $n <= 20 ? 'B' : $n <= 27 ? 'C' : $n <= 34 ? 'D' : $n <= 40 ? 'E' : qw(B C D E)[$n % 4];
}

# Gives each patient `team`: role => { office, user (undef: the whole office) }.
sub join_teams
{
	my ($patients, $users) = @_;
	my %office = map { $_->{key} => $_->{office} } @$users;
	for my $p (@$patients) {
		my @who = @{ $TEAM{ _letter($p->{n}) } };
		my %user;
		@user{qw(doctor deputy nurse pharmacist caremanager helper therapist)} = @who;
		delete $user{therapist} unless $p->{n} % 3 == 1 || $p->{has}{stroke} || $p->{has}{parkinson};
		$user{dentist} = 'tsukushi2' if $p->{has}{dysphagia} || $p->{has}{peg} || $p->{n} % 8 == 0;
		$user{officer} = 'officer';
		$p->{team} = { map { $_ => { office => $office{ $user{$_} }, user => $user{$_} } } keys %user };
		$p->{team}{day} = { office => $who[-1] } if $p->{flags}{W} && $p->{n} % 3 != 1;
		$p->{team}{away} = { office => $p->{whereabouts} eq 'hospital' ? 'hospital' : 'mutsumiso' }
		    if $p->{whereabouts} ne 'home';
	}
	return;
}

sub team_rows
{
	my ($p) = @_;
	return map {
		my $m = $p->{team}{$_};
		{ patient => $p->{key}, office => $m->{office}, user => $m->{user} // '', team_role => $ROLE{$_},
		  since => $_ eq 'away' ? $p->{whereabouts_since} : $p->{consent_on} };
	} grep { $p->{team}{$_} } @ORDER;
}

sub reader_keys
{
	my ($p) = @_;
	return map { $p->{team}{$_}{user} } grep { $p->{team}{$_} && defined $p->{team}{$_}{user} } @ORDER;
}

# Who writes for a role: mostly the named one, now and then a colleague of the same profession.
sub author
{
	my ($p, $role, $dice, $users) = @_;
	my $m = $p->{team}{$role} or return;
	my @staff = grep { $_->{office} eq $m->{office} && !$NEVER{ $_->{key} } } @$users;
	if (!defined $m->{user}) {
		@staff = grep { $_->{profession} =~ /\A(?:040|170|302|303|305)\z/ } @staff;
		return $dice->pick(@staff)->{key};
	}
	return $m->{user} unless $role =~ /\A(?:nurse|helper)\z/ && $dice->chance(15);
	@staff = grep { $_->{profession} =~ ($role eq 'nurse' ? qr/\A040\z/ : qr/\A(?:170|301)\z/) } @staff;
	return @staff ? $dice->pick(@staff)->{key} : $m->{user};
}

1;
