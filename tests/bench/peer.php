<?php
/*
 * The peer: the timeline's page as PHP-FPM 8.2 answers it, with the duties of a module.
 * The device's certificate by its hash; session and team by the module's own statement;
 * entries through timeline_seen, what is seldom by a second statement, replies by a third;
 * everything escaped; an audit record on disk before the answer. A connection a worker,
 * kept; opcache on, timestamps not looked at (place.sh). statements.php is made of the
 * modules' .sql files (peer.pl), frame.php of a page that the module gave.
 */
declare(strict_types=1);

function fail(int $status): never { http_response_code($status); exit; }

function h(?string $text): string { return htmlspecialchars($text ?? '', ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8'); }

function rows(PDO $db, string $name, array $with): array
{
	static $text;
	$text ??= require __DIR__ . '/statements.php';
	$q = $db->prepare($text[$name]);
	foreach ($with as $key => $value)
		$q->bindValue($key, $value, is_int($value) ? PDO::PARAM_INT : PDO::PARAM_STR);
	$q->execute();
	return $q->fetchAll(PDO::FETCH_ASSOC);
}

const KIND = ['note' => '連絡', 'observation' => 'ようす・観察', 'medication' => 'くすり', 'daily_life' => 'くらし',
	'plan' => '予定・方針', 'report' => '訪問の報告', 'diagnosis' => '診断・治療'];
const PROFESSION = ['010' => '医師', '040' => '看護師', '030' => '薬剤師', '150' => '介護支援専門員（ケアマネジャー）', '170' => '介護福祉士'];

function card(array $e, array $d, string $replies, string $at, DateTimeZone $zone): string
{
	$when = (new DateTimeImmutable($e['written_at'], new DateTimeZone('UTC')));
	$id = bin2hex($e['id']);
	$is = ($e['urgent'] ? ' urgent' : '') . ($e['read'] || $e['mine'] ? '' : ' unread') . (isset($d['kept']) && $d['kept'] ? ' unread kept' : '');
	$chips = ($e['urgent'] ? '<span class="chip shu">至急</span>' : '') . ($e['read'] || $e['mine'] ? '' : '<span class="chip new">未読</span>')
		. ($e['stand_in'] ? '<span class="chip amber">当番の代行</span>' : '')
		. (isset($d['audience_names']) ? '<span class="chip only">見えるのは <span class="names">' . h($d['audience_names']) . '</span></span>' : '');
	$acts = $e['mine'] ? '<span class="muted own">あなたが書きました</span>' : ($e['acknowledged'] ? '<span class="done">了解しました</span>' :
		"<button class=\"btn ok\" formaction=\"$at/$id/acknowledge\">了解する</button>" . ($e['read'] ? '' : "<button class=\"btn quiet\" formaction=\"$at/$id/read\">既読にする</button>"));
	return "<article class=\"entry by-" . h($e['author__profession_code']) . ' k-' . h($e['kind']) . "$is\" id=\"e-$id\">\n"
		. '<header><svg aria-hidden="true"><use href="/static/icons.svg#by-' . h($e['author__profession_code']) . "\"/></svg>\n<h3>"
		. h(PROFESSION[$e['author__profession_code']] ?? '') . ' <b>' . h($e['author__name']) . '</b> <small>' . h($e['author__office']) . "</small></h3>\n"
		. '<p><time datetime="' . $when->format('Y-m-d\TH:i:s.v\Z') . '">' . $when->setTimezone($zone)->format('G:i')
		. '</time> <span class="kind"><svg class="i" aria-hidden="true"><use href="/static/icons.svg#k-' . h($e['kind']) . '"/></svg>' . KIND[$e['kind']] . "</span></p></header>\n$chips"
		. '<p class="text">' . h($e['body']) . "</p>\n$replies<footer>\n$acts\n<a href=\"$at/$id/readers\">既読 " . (int)$e['read_by'] . '・了解 ' . (int)$e['acknowledged_by']
		. "</a>\n<a href=\"$at/$id\">" . ($e['replies'] ? '返信 ' . (int)$e['replies'] : '返信・ほか') . "</a>\n</footer></article>\n";
}

if (!preg_match('~/([0-9a-f]{32})\z~', $_SERVER['DOCUMENT_URI'], $path) || $_SERVER['TOMOZUNA_VERIFY'] !== 'SUCCESS')
	fail(404);
$pem = preg_replace('~-----[A-Z ]+-----|\s~', '', rawurldecode($_SERVER['TOMOZUNA_CERTIFICATE']));
$db = new PDO('mysql:unix_socket=' . $_SERVER['PEER_SOCKET'] . ';dbname=tomozuna;charset=utf8mb4', 'tomozuna_timeline', trim(file_get_contents($_SERVER['PEER_PASSWORD'])),
	[PDO::ATTR_PERSISTENT => true, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_EMULATE_PREPARES => true]);
$me = rows($db, 'member', ['token' => hash('sha256', $_COOKIE['__Host-tomozuna'] ?? ''), 'certificate' => hash('sha256', (string)base64_decode($pem)), 'patient' => $path[1]])[0] ?? fail(404);
$whom = ['patient' => (int)$me['patient_id'], 'viewer' => (int)$me['user_id'], 'office' => (int)$me['office_id']];
$entries = rows($db, 'newest', $whom + ['me' => ",{$me['user_id']},", 'limit' => 51]);
[$detail, $replies, $at, $zone] = [[], [], "/timeline/$path[1]", new DateTimeZone('Asia/Tokyo')];
$range = $entries === [] ? [] : ['oldest' => (int)end($entries)['entry_id'], 'newest' => (int)$entries[0]['entry_id']];
if (array_sum(array_column($entries, 'special')) > 0)
	$detail = array_column(rows($db, 'details', $whom + $range + ['me' => ",{$me['user_id']},"]), null, 'entry_id');
if (array_sum(array_column($entries, 'replies')) > 0)
	foreach (rows($db, 'replies', $whom + $range) as $r)
		$replies[$r['entry_id']] = ($replies[$r['entry_id']] ?? '') . '<div class="reply"><b>' . h($r['author__name']) . '</b><p class="text">' . h($r['body']) . '</p></div>';
$journal = fopen($_SERVER['PEER_JOURNAL'] . '/' . getmypid(), 'a') ?: fail(503);
fwrite($journal, json_encode(['at' => microtime(true), 'user' => $me['user_id'], 'office' => $me['office_id'], 'device' => $me['device_id'], 'subject' => $me['patient_id'],
	'request' => $_SERVER['TOMOZUNA_REQUEST_ID'], 'route' => 'GET /timeline/{patient}', 'status' => 200, 'purpose' => 'TREAT']) . "\n") && fdatasync($journal) || fail(503);
[$head, $foot] = require __DIR__ . '/frame.php';
header('Content-Type: text/html; charset=utf-8');
echo $head, implode('', array_map(fn($e) => card($e, $detail[$e['entry_id']] ?? [], $replies[$e['entry_id']] ?? '', $at, $zone), array_slice($entries, 0, 50))), $foot;
