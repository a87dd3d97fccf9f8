# Values that would do, and the names that must be there: ../fields.t
use utf8;
+{
    'POST /forums' => [{ name => 'だめな欄がある', about => '', open_to => 'members', profession => '' }, qw(name open_to)],
    'GET /forums/{forum}' => [{}],
    'POST /forums/{forum}' => [{ body => 'だめな欄がある' }, qw(body)],
    'POST /forums/{forum}/read' => [{ upto => 'cd' x 16 }, qw(upto)],
    'POST /forums/{forum}/members' => [{ person => 'cd' x 16 }, qw(person)],
};
