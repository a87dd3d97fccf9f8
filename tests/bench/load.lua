-- For wrk: wrk … -s load.lua URL -- KIND SESSIONS SEED ORIGIN [BYTES [WRITTEN]]
-- Each request takes a random session and a random patient of those that its
-- user may see. KIND is a line of `kinds` below.

local sessions, kind, origin, bytes, written = {}, nil, nil, "0", "0"
local body = "body=" .. (string.gsub("体温36.8℃、血圧128/74、SpO₂ 97%。昼食は八割ほど召し上がり、" ..
	"水分も十分でした。右かかとの発赤は昨日より薄くなっています。", ".", function(c)
		return string.format("%%%02X", string.byte(c))
	end)) .. "&kind=note"
local board, clerks, visits, visit = {}, {}, {}, 0
local ended = "watched_by=%E9%95%B7%E5%A5%B3&condition_after=well"
local random = math.random

local peer = ""		-- a header that leads to the other build

local function get(path, accept, s)
	return "GET " .. path .. " HTTP/1.1\r\nHost: localhost\r\n" .. peer .. s.head .. "Accept: " .. accept .. "\r\n\r\n"
end

local function post(path, s, with)
	local body = with or body
	return "POST " .. path .. " HTTP/1.1\r\nHost: localhost\r\n" .. peer .. s.head .. "Accept: application/json\r\nOrigin: " ..
		origin .. "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

local function patient(s) return s.patients[random(#s.patients)] end

local kinds = {
	floor = function(s) return get("/bench/floor/" .. bytes, "text/html", s) end,
	ceiling = function(s) return get("/bench/ceiling/" .. patient(s) .. "/" .. bytes, "text/html", s) end,
	session = function(s) return get("/bench/ceiling/-/" .. bytes, "text/html", s) end,
	second = function(s) return get("/bench/ceiling/+/" .. bytes, "text/html", s) end,
	insert = function(s) return post("/bench/ceiling/" .. patient(s) .. "/" .. written, s) end,
	html = function(s) return get("/timeline/" .. patient(s), "text/html", s) end,
	php = function(s) return get("/bench/php/" .. patient(s), "text/html", s) end,
	json = function(s) return get("/timeline/" .. patient(s), "application/json", s) end,
	list = function(s) return get("/patients", "text/html", s) end,
	crew = function(s) return get("/emergency/" .. s.patients[1], "text/html", s) end,
	record = function(s) return get("/record/" .. patient(s), "text/html", s) end,
	meetings = function(s) return get("/meeting", "text/html", s) end,
	meeting = function(s) return get("/meeting/" .. patient(s), "text/html", s) end,
	-- The review board's members are the first forty: five a panel, whose sitting is open.
	sittings = function() return get("/board/sittings", "text/html", board[random(40)]) end,
	sitting = function()
		local n = random(40)
		return get(string.format("/board/sittings/b%031d", 4333 + math.floor((n - 1) / 5)), "text/html", board[n])
	end,
	application = function()
		local n = random(40)
		return get(string.format("/board/applications/a%031d", 145192 + math.floor((n - 1) / 5) * 46 + random(46)), "text/html", board[n])
	end,
	due = function() return get("/vaccination/desk/due", "text/html", clerks[random(#clerks)]) end,
	-- The list of a disaster: of those whom she looks after, and an officer's of all 2,000.
	room = function(s) return get("/disaster/e" .. string.format("%031d", 1), "text/html", s) end,
	officer = function() return get("/disaster/e" .. string.format("%031d", 1), "text/html", board[random(40)]) end,
	write = function(s) return post("/timeline/" .. patient(s), s) end,
}
-- Files: each of a line "cookie device path", written by files.pl; a body that it wrote, too.
local files, upload = {}, nil
local function file(what) local f = files[what][random(#files[what])]; return get(f.path, "*/*", f) end
function kinds.photo() return file("photo") end
function kinds.upload(s)
	return "POST /timeline/" .. patient(s) .. " HTTP/1.1\r\nHost: localhost\r\n" .. s.head ..
		"Accept: application/json\r\nOrigin: " .. origin .. "\r\nContent-Type: multipart/form-data; boundary=bench\r\n" ..
		"Content-Length: " .. #upload .. "\r\n\r\n" .. upload
end
-- Each visit once; more than there are would be refused, and counted as errors.
function kinds.close()
	visit = visit % #visits + 1
	return post(visits[visit].path, visits[visit], ended)
end
kinds.calm, kinds.busy = kinds.html, kinds.html
kinds.away = kinds.crew
-- One request in fifty writes.
function kinds.mixed(s) return random(50) == 1 and kinds.write(s) or kinds.html(s) end
function kinds.mixed_ceiling(s) return random(50) == 1 and kinds.insert(s) or kinds.ceiling(s) end

function init(args)
	local name, other = args[1]:gsub("^peer_", "")
	if other > 0 then peer = "Bench-Peer: 1\r\n" end
	kind, origin, bytes, written = kinds[name], args[4], args[5] or "0", args[6] or "0"
	math.randomseed(tonumber(args[3]))
	if args[7] then
		for line in io.lines(args[7] .. "/files") do
			local what, cookie, device, path = line:match("^(%S+)\t(%S+)\t(%S+)\t(%S+)$")
			files[what] = files[what] or {}
			table.insert(files[what], { path = path,
				head = "Cookie: __Host-tomozuna=" .. cookie .. "\r\nBench-Device: " .. device .. "\r\n" })
		end
		upload = assert(io.open(args[7] .. "/upload", "rb")):read("*a")
	end
	for name, into in pairs({ [""] = sessions, [".board"] = board, [".clerk"] = clerks, [".visits"] = visits }) do
		for line in io.open(args[2] .. name) and io.lines(args[2] .. name) or function() end do
			local cookie, device, list = line:match("^(%S+)\t(%S+)\t(%S+)$")
			local s = { patients = {}, head = "Cookie: __Host-tomozuna=" .. cookie .. "\r\nBench-Device: " .. device .. "\r\n" }
			for id in list:gmatch("[^,]+") do s.patients[#s.patients + 1] = id end
			s.path = list
			into[#into + 1] = s
		end
	end
end

function request() return kind(sessions[random(#sessions)]) end

function done(summary, latency)
	local e = summary.errors
	print(string.format("RESULT %.1f %.3f %.3f %d %d", summary.requests / summary.duration * 1e6,
		latency:percentile(50) / 1000, latency:percentile(99) / 1000,
		e.connect + e.read + e.write + e.status + e.timeout, summary.requests))
end
