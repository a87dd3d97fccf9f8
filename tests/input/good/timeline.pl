# Values that would do, and the names that must be there: ../fields.t
use utf8;
+{
    'GET /timeline/{patient}' => [{}],
    'GET /timeline/{patient}/own' => [{}],
    'GET /timeline/{patient}/own/{entry}/files/{file}' => [{ save => 1 }],
    'GET /timeline/{patient}/{entry}/files/{file}' => [{ save => 1 }],
    'POST /timeline/{patient}' => [{ body => 'だめな欄がある', kind => 'note', audience => 'team', urgent => 0, answers => 0, asked => '010', due_on => '2099-01-02' }, qw(body)],
    'GET /timeline/{patient}/state' => [{ since => 'cd' x 16 }],
    'GET /timeline/{patient}/draft' => [{ reply_to => 'cd' x 16 }],
    'POST /timeline/{patient}/draft' => [{ body => 'だめな欄がある', kind => 'note', audience => 'team', urgent => 0, stamp => '' }],
    'POST /timeline/{patient}/search' => [{ q => 'だめな欄' }, qw(q)],
    'POST /timeline/{patient}/{entry}/correct' => [{ body => 'だめな欄がある' }, qw(body)],
    'POST /timeline/{patient}/{entry}/fax' => [{ sent_to => 'だれか' }, qw(sent_to)],
    'POST /timeline/{patient}/{entry}/move' => [{ patient => 'cd' x 16 }, qw(patient)],
    'POST /timeline/{patient}/{entry}/withdraw' => [{ reason => 'まちがい' }],
};
